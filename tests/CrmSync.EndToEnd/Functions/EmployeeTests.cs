using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.EndToEnd.Support;
using CrmSync.Standalone.Client;
using Xunit.Abstractions;

namespace CrmSync.EndToEnd.Functions;

/// <summary>The employee sync in the Functions host: begun by its timer, and killed in the middle.</summary>
[Collection(FunctionsTests.Name)]
public sealed class EmployeeTests(FunctionsApp app, ITestOutputHelper output)
{
    private const int EmployeesBeforeDeath = 30;
    private const int InvitationsBeforeDeath = 5;

    [FunctionsFact(mail: true)]
    public async Task Sync_KilledWhileItCreatesAndWhileItInvites_MakesAndInvitesEverybodyOnce_EM7_EM8()
    {
        var account = Accounts.Small(71) with { Members = 300 };
        await using var world = await World.OpenAsync(account);
        await using var crm = await ServedCrm.StartAsync(account, 0);
        await using var expected = await EmployeeSide.StartAsync();
        await using var actual = await EmployeeSide.StartAsync();
        await World.SetUpAsync(world.Tenant, world.Connection());
        await expected.EnableAsync(world.Tenant);
        var undisturbed = await SyncAsync(world.Tenant);
        var tenant = await app.NewTenantAsync();
        await World.SetUpAsync(tenant, world.Connection() with { Crm = crm.Form });
        await actual.EnableAsync(tenant);

        await app.RunTimerAsync("employees-daily");
        var started = Assert.Single(await SyncsAsync(tenant));
        await actual.CreatedAsync(EmployeesBeforeDeath);
        await app.KillAsync();
        var created = actual.Directory.Store.Count;
        await app.StartAsync();
        await actual.InvitedAsync(InvitationsBeforeDeath);
        await app.KillAsync();
        await app.StartAsync();
        var ended = await World.FollowAsync(tenant, started.Id);
        var before = actual.Directory.Requests.Count;
        await app.RunTimerAsync("employees-daily");
        Assert.Single(await SyncsAsync(tenant));
        var again = await SyncAsync(tenant);

        Assert.Equal((RunState.Completed, RunState.Completed), (undisturbed.State, ended.State));
        Assert.Equal(expected.Employees(), actual.Employees());
        Assert.Equal((RunState.Completed, 0L), (again.State, again.Report!.Writes));
        Assert.All(actual.Directory.Requests.Skip(before), request => Assert.StartsWith("GET ", request, StringComparison.Ordinal));
        var employees = await tenant.Employees.ListAsync(CancellationToken.None);
        var unknown = employees.Where(one => one.Invitation == InvitationState.Sending).Select(one => one.Fields[FieldKeys.Email]!).ToList();
        var (due, invited) = (await expected.InvitedAsync(), await actual.InvitedAsync());
        Assert.NotEmpty(due);
        output.WriteLine($"Killed with {created} of {actual.Directory.Store.Count} employees, and with {InvitationsBeforeDeath} of {due.Count} invitations: "
            + $"{invited.Count} arrived, {unknown.Count} are of unknown fate.");
        Assert.Equal(invited.Distinct(), invited);
        Assert.Equal(due, invited.Union(unknown).Order(StringComparer.Ordinal));
    }

    private static async Task<Run> SyncAsync(TenantClient tenant) =>
        await World.FollowAsync(tenant, (await tenant.Employees.SyncAsync(dryRun: false, null, CancellationToken.None)).Id);

    private static async Task<IReadOnlyList<Run>> SyncsAsync(TenantClient tenant) =>
        [.. (await tenant.RunsAsync(50, CancellationToken.None)).Where(run => run.Kind == RunKind.EmployeeSync)];
}
