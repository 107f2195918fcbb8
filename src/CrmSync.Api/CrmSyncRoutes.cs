using CrmSync.Api.Access;
using CrmSync.Api.Endpoints;
using CrmSync.Api.OpenApi;
using CrmSync.Api.Problems;
using CrmSync.Core.Access;
using CrmSync.Core.Employees;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Setup;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CrmSync.Api;

/// <summary>Maps the API's routes, all under "/api".</summary>
public static class CrmSyncRoutes
{
    private const int Bad = StatusCodes.Status400BadRequest;
    private const int Conflict = StatusCodes.Status409Conflict;

    /// <summary>The whole API as a pipeline of its own, for a host whose web server is not its own: problem documents, routing and the routes.</summary>
    public static IApplicationBuilder UseCrmSync(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseMiddleware<ProblemMiddleware>();
        app.UseRouting();
        return app.UseEndpoints(endpoints => endpoints.MapCrmSync());
    }

    /// <summary>Maps every route with its guard and its description. Needs <see cref="CrmSyncServices.AddCrmSyncApi"/>.</summary>
    public static IEndpointRouteBuilder MapCrmSync(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api");
        MapService(api);
        MapTenants(api);
        var tenant = api.MapGroup("/tenants/{tenant}");
        MapSetup(tenant);
        MapRuns(tenant);
        MapRecords(tenant);
        MapEmployees(tenant);
        return endpoints;
    }

    private static void MapService(RouteGroupBuilder api)
    {
        api.MapGet("/health", HealthEndpoints.Get).Is(Audience.Everyone, "Service", "getHealth", "Tells that the service runs.").Gives<HealthView>();
        api.MapGet("/health/ready", HealthEndpoints.ReadyAsync)
            .Is(Audience.Everyone, "Service", "getReadiness", "Tells whether the service can work: its store answers.")
            .Gives<HealthView>().Refuses(StatusCodes.Status503ServiceUnavailable);
        api.MapGet("/openapi.json", OpenApiEndpoints.GetAsync).Is(Audience.Everyone, "Service", "getOpenApi", "Describes the API (OpenAPI 3.1).")
            .Produces<object>(StatusCodes.Status200OK, "application/json");
        api.MapGet("/pictures/{tenant}/{hash}", PictureEndpoints.GetAsync)
            .Is(Audience.Everyone, "Employees", "getPicture", "Gives an employee's picture to whoever has its signed address.")
            .Produces<object>(StatusCodes.Status200OK, "image/png", "image/jpeg", "image/gif", "image/webp").Refuses(StatusCodes.Status404NotFound);
    }

    private static void MapEmployees(RouteGroupBuilder tenant)
    {
        const string Tag = "Employees";
        tenant.MapGet("/employees", EmployeeEndpoints.ListAsync).Is(Audience.Tenant, Tag, "listEmployees", "Lists the linked employees with their invitations.")
            .Gives<Http.Page<EmployeeView>>().Refuses(Bad);
        tenant.MapGet("/employees/settings", EmployeeEndpoints.SettingsAsync)
            .Is(Audience.Tenant, Tag, "getEmployeeSettings", "Shows the settings of the employee sync, without secrets.")
            .Gives<EmployeeSettingsView>();
        tenant.MapPut("/employees/settings", EmployeeEndpoints.SaveAsync)
            .Is(Audience.Tenant, Tag, "saveEmployeeSettings", "Saves the settings in whole, checked against what both sides offer now.")
            .Takes<EmployeeForm>().Gives<EmployeeSettingsView>().Refuses(Conflict).AsksSide();
        tenant.MapPost("/employees/test", EmployeeEndpoints.TestAsync)
            .Is(Audience.Tenant, Tag, "testEmployees", "Tests connection, directory and mail server, of the body or as saved; enabling needs it passed.")
            .Takes(required: false, typeof(EmployeeForm)).Gives<ConnectionTestReport>().Refuses(Conflict).AsksSide();
        tenant.MapGet("/employees/options", EmployeeEndpoints.OptionsAsync)
            .Is(Audience.Tenant, Tag, "listEmployeeOptions", "Lists member types and profiles, live.")
            .Gives<EmployeeOptions>().Refuses(Conflict).AsksSide();
        tenant.MapPost("/employees/syncs", EmployeeEndpoints.SyncAsync)
            .Is(Audience.Tenant, Tag, "startEmployeeSync", "Starts an employee sync, a dry run of one, or one member's.")
            .Takes(required: false, typeof(SyncOrder)).Gives<RunView>(StatusCodes.Status202Accepted).Refuses(Conflict);
        tenant.MapGet("/employees/members/{id}/explanation", EmployeeEndpoints.ExplainAsync)
            .Is(Audience.Tenant, Tag, "explainMember", "Runs one member through the sync in five steps, without writing.").Gives<EmployeeExplanation>()
            .Refuses(Bad, Conflict).AsksSide();
        tenant.MapGet("/employees/invitations", InvitationEndpoints.ListAsync)
            .Is(Audience.Tenant, Tag, "listInvitations", "Lists the invitations, or those in a state.")
            .Gives<Http.Page<Invitation>>().Refuses(Bad);
        tenant.MapPost("/employees/invitations", InvitationEndpoints.ReleaseAsync)
            .Is(Audience.Tenant, Tag, "releaseInvitations", "Sends the invitations that wait, or the chosen ones; nobody twice without an explicit word.")
            .Takes(required: false, typeof(InvitationRelease)).Gives<InvitationsReleased>().Refuses(Conflict);
        tenant.MapPost("/employees/invitations/redeem", InvitationEndpoints.RedeemAsync)
            .Is(Audience.Tenant, Tag, "redeemInvitation", "Redeems a one-time link; it can be used once.").Takes<TokenRedemption>().Gives<RedeemedInvitation>();
    }

    private static void MapTenants(RouteGroupBuilder api)
    {
        const string Tag = "Tenants";
        api.MapGet("/tenants", TenantEndpoints.ListAsync)
            .Is(Audience.Operator, Tag, "listTenants", "Lists all tenants.").Gives<Http.Page<Tenant>>().Refuses(Bad);
        api.MapPost("/tenants", TenantEndpoints.AddAsync).Is(Audience.Operator, Tag, "addTenant", "Adds a tenant.")
            .Takes<NewTenant>().Gives<Tenant>(StatusCodes.Status201Created).Refuses(Conflict);
        api.MapGet("/tenants/{tenant}", TenantEndpoints.GetAsync).Is(Audience.Tenant, Tag, "getTenant", "Shows a tenant.").Gives<Tenant>();
        api.MapGet("/tenants/{tenant}/keys", KeyEndpoints.ListAsync).Is(Audience.Operator, Tag, "listKeys", "Lists a tenant's keys, without their texts.")
            .Gives<Http.Page<KeySummary>>().Refuses(Bad);
        api.MapPost("/tenants/{tenant}/keys", KeyEndpoints.IssueAsync).Is(Audience.Operator, Tag, "issueKey", "Makes a key; its text is shown this once.")
            .Takes<NewKey>().Gives<IssuedKey>(StatusCodes.Status201Created);
        api.MapDelete("/tenants/{tenant}/keys/{id}", KeyEndpoints.RemoveAsync)
            .Is(Audience.Operator, Tag, "removeKey", "Removes a key, which opens nothing from then on.")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static void MapSetup(RouteGroupBuilder tenant)
    {
        const string Tag = "Set-up";
        tenant.MapGet("/setup", SetupEndpoints.OverviewAsync)
            .Is(Audience.Tenant, Tag, "getSetup", "Shows how far set-up is, and what in it no longer holds.").Gives<SetupOverview>();
        tenant.MapGet("/setup/{step}", SetupEndpoints.GetAsync).Is(Audience.Tenant, Tag, "getSetupStep", "Shows a step, without secrets.").Gives<StepView>();
        tenant.MapPut("/setup/{step}", SetupEndpoints.PutAsync)
            .Is(Audience.Tenant, Tag, "saveSetupStep", "Saves a step in whole, checked against what both sides offer now.")
            .Takes(required: true, typeof(ConnectionForm), typeof(UsersSettings), typeof(CompaniesSettings), typeof(ContactsSettings),
                typeof(SolutionsSettings), typeof(ActivitiesSettings), typeof(OpportunitiesSettings))
            .Gives<StepView>().Refuses(Conflict).AsksSide();
        tenant.MapGet("/setup/{step}/options", SetupEndpoints.OptionsAsync)
            .Is(Audience.Tenant, Tag, "listSetupOptions", "Lists what a step offers to choose from, live.")
            .Gives<StepOptions>().Refuses(Conflict).AsksSide();
        tenant.MapGet("/setup/{step}/fields", SetupEndpoints.FieldsAsync)
            .Is(Audience.Tenant, Tag, "listSetupFields", "Lists the fields that a step can map, live.")
            .Gives<StepFields>().Refuses(Conflict).AsksSide();
        tenant.MapPost("/setup/connection/test", SetupEndpoints.TestAsync)
            .Is(Audience.Tenant, Tag, "testConnection", "Tests the connection in the body, or the saved one. Saves nothing.")
            .Takes(required: false, typeof(ConnectionForm)).Gives<ConnectionTestReport>().Refuses(Conflict).AsksSide();
        tenant.MapGet("/users", UserEndpoints.ListAsync).Is(Audience.Tenant, Tag, "listUsers", "Lists the members with their links and invitations.")
            .Gives<Http.Page<MemberView>>().Refuses(Bad, Conflict).AsksSide();
        tenant.MapPost("/users/invitations", UserEndpoints.InviteAsync).Is(Audience.Tenant, Tag, "inviteUsers", "Invites members into the CRM; nobody twice.")
            .Takes<InvitationRequest>().Gives<InvitationReport>().Refuses(Conflict).AsksSide();
    }

    private static void MapRuns(RouteGroupBuilder tenant)
    {
        const string Tag = "Runs";
        tenant.MapPost("/imports", ImportEndpoints.StartAsync).Is(Audience.Tenant, Tag, "startImport", "Starts an import, or a dry run of one.")
            .Takes(required: false, typeof(ImportOrder)).Gives<RunView>(StatusCodes.Status202Accepted).Refuses(Conflict);
        tenant.MapGet("/imports/{run}", ImportEndpoints.GetAsync)
            .Is(Audience.Tenant, Tag, "getImport", "Shows an import's progress, and its report when it has ended.").Gives<RunView>();
        tenant.MapPost("/imports/{run}/cancel", RunEndpoints.CancelAsync)
            .Is(Audience.Tenant, Tag, "cancelImport", "Asks an import to stop; what is done stays done.")
            .Gives<RunView>(StatusCodes.Status202Accepted).Refuses(Conflict);
        tenant.MapGet("/runs", RunEndpoints.ListAsync)
            .Is(Audience.Tenant, Tag, "listRuns", "Lists runs, newest first.").Gives<Http.Page<RunView>>().Refuses(Bad);
        tenant.MapGet("/runs/{run}", RunEndpoints.GetAsync).Is(Audience.Tenant, Tag, "getRun", "Shows a run.").Gives<RunView>();
        tenant.MapPost("/runs/{run}/cancel", RunEndpoints.CancelAsync)
            .Is(Audience.Tenant, Tag, "cancelRun", "Asks a run of any kind to stop; what is done stays done.")
            .Gives<RunView>(StatusCodes.Status202Accepted).Refuses(Conflict);
        tenant.MapGet("/runs/{run}/records", RecordEndpoints.ListAsync)
            .Is(Audience.Tenant, Tag, "listRunRecords", "Lists what a run did to each record, and why.")
            .Gives<Http.Page<RecordLogEntry>>().Refuses(Bad);
        tenant.MapGet("/plans/{run}", PlanEndpoints.GetAsync)
            .Is(Audience.Tenant, Tag, "listPlanRecords", "Lists what a run would do to each record, and why, with the plan's hash and counts.")
            .Gives<PlanPage>().Refuses(Bad);
        tenant.MapPost("/plans/{run}/apply", PlanEndpoints.ApplyAsync)
            .Is(Audience.Tenant, Tag, "applyPlan", "Applies a plan of employees as it was shown: what has become different meanwhile is left.")
            .Takes<PlanApproval>().Gives<RunView>(StatusCodes.Status202Accepted).Refuses(Conflict);
        tenant.MapGet("/backups", BackupEndpoints.ListAsync).Is(Audience.Tenant, Tag, "listBackups", "Lists backups, newest run first.")
            .Gives<Http.Page<BackupSummary>>().Refuses(Bad);
        tenant.MapGet("/backups/{run}", BackupEndpoints.GetAsync)
            .Is(Audience.Tenant, Tag, "getBackup", "Gives the records as they stood before a run, a JSON object a line.")
            .Produces<BackupRecord>(StatusCodes.Status200OK, BackupEndpoints.MediaType);
    }

    private static void MapRecords(RouteGroupBuilder tenant)
    {
        const string Tag = "Records";
        tenant.MapGet("/records/{entity}/{id}/explanation", RecordEndpoints.ExplainAsync)
            .Is(Audience.Tenant, Tag, "explainRecord", "Explains why a record is, or is not, in the CRM.").Gives<RecordExplanation>().Refuses(Bad).AsksSide();
        tenant.MapGet("/links/{entity}", LinkEndpoints.ListAsync)
            .Is(Audience.Tenant, Tag, "listLinks", "Lists the lasting pairs of records, in the order of their ConnectWise ids.")
            .Gives<LinkPage>().Refuses(Bad);
        tenant.MapGet("/crm/{entity}", CrmEndpoints.ListAsync).Is(Audience.Tenant, Tag, "listCrmRecords", "Lists the CRM's records, or those that hold a text.")
            .Gives<Http.Page<CrmRecord>>().Refuses(Bad).AsksSide();
        tenant.MapGet("/crm/{entity}/{id}", CrmEndpoints.GetAsync)
            .Is(Audience.Tenant, Tag, "getCrmRecord", "Shows one of the CRM's records.").Gives<CrmRecord>().AsksSide();
    }
}
