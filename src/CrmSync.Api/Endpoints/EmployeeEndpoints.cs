using CrmSync.Api.Http;
using CrmSync.Api.Problems;
using CrmSync.Core;
using CrmSync.Core.Employees;
using CrmSync.Core.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace CrmSync.Api.Endpoints;

/// <summary>What is asked of an employee sync.</summary>
public sealed record SyncOrder
{
    /// <summary>Whether to plan only (EM-8).</summary>
    public bool DryRun { get; init; }

    /// <summary>One member alone, by its id in ConnectWise; null for all.</summary>
    public long? Member { get; init; }
}

/// <summary>The employee sync (EM).</summary>
public static class EmployeeEndpoints
{
    /// <summary>GET …/employees/settings: what was saved, without secrets.</summary>
    public static async Task<IResult> SettingsAsync(string tenant, [FromServices] EmployeeSetup employees, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(employees);
        return Answers.Ok(await employees.ReadAsync(new TenantId(tenant), cancellation).ConfigureAwait(false));
    }

    /// <summary>PUT …/employees/settings: saves them as the body says, in whole.</summary>
    public static async Task<IResult> SaveAsync(string tenant, HttpRequest request, [FromServices] EmployeeSetup employees, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(employees);
        var body = await JsonBody.ReadAsync<EmployeeForm>(request).ConfigureAwait(false);
        return body.Refused ?? Answers.Of(await employees.SaveAsync(new TenantId(tenant), body.Value!, cancellation).ConfigureAwait(false));
    }

    /// <summary>POST …/employees/test: tests the settings in the body, or the saved ones without (EM-2). Saves nothing but that the test passed.</summary>
    public static async Task<IResult> TestAsync(string tenant, HttpRequest request, [FromServices] EmployeeSetup employees, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(employees);
        var body = await JsonBody.ReadOptionalAsync<EmployeeForm>(request).ConfigureAwait(false);
        return body.Refused ?? Answers.Of(await employees.TestAsync(new TenantId(tenant), body.Value, cancellation).ConfigureAwait(false));
    }

    /// <summary>GET …/employees/options: member types and profiles, live.</summary>
    public static async Task<IResult> OptionsAsync(string tenant, [FromServices] EmployeeSetup employees, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(employees);
        return Answers.Of(await employees.OptionsAsync(new TenantId(tenant), cancellation).ConfigureAwait(false));
    }

    /// <summary>GET …/employees: the linked ones with their invitations, in the order of the members' ids.</summary>
    public static async Task<IResult> ListAsync(
        string tenant, [FromServices] InvitationService employees, string? continuation, string? limit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(employees);
        var list = $"employees|{tenant}";
        var query = new QueryReader();
        var size = query.Limit(limit);
        var after = query.Continuation(continuation, list);
        if (query.Refusal is { } refusal)
        {
            return ApiProblems.Of(refusal);
        }

        var range = new IdRange(ConnectWiseId.TryParse(after)?.Value ?? 0, null);
        var read = await employees.EmployeesAsync(new TenantId(tenant), range, cancellation).ConfigureAwait(false);
        return Answers.Ok(Answers.PageOf([.. read.Take(size + 1)], employee => employee.Member.ToString(), size, list));
    }

    /// <summary>POST …/employees/syncs: 202 with the run and its address. Without a body: everybody, for real.</summary>
    public static async Task<IResult> SyncAsync(
        string tenant, HttpRequest request, [FromServices] EmployeeSyncService syncs, [FromServices] TimeProvider time, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(syncs);
        ArgumentNullException.ThrowIfNull(time);
        var body = await JsonBody.ReadOptionalAsync<SyncOrder>(request).ConfigureAwait(false);
        if (body.Refused is { } refused)
        {
            return refused;
        }

        if (body.Value?.Member is <= 0)
        {
            return ApiProblems.Of(new Refusal(
                RefusalKind.Invalid, "id-invalid", "A member's id is a positive number.", "Give the number that ConnectWise shows.")
            {
                Field = "/member",
            });
        }

        var order = new EmployeeOrder { DryRun = body.Value?.DryRun ?? false, Member = body.Value?.Member is { } member ? new ConnectWiseId(member) : null };
        return RunEndpoints.Accepted(tenant, await syncs.StartAsync(new TenantId(tenant), order, cancellation).ConfigureAwait(false), time);
    }

    /// <summary>GET …/employees/members/{id}/explanation: one member in five steps, without writing.</summary>
    public static async Task<IResult> ExplainAsync(string tenant, string id, [FromServices] EmployeeExplainer explainer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(explainer);
        return ConnectWiseId.TryParse(id) is { } member
            ? Answers.Of(await explainer.ExplainAsync(new TenantId(tenant), member, cancellation).ConfigureAwait(false))
            : ApiProblems.Of(new Refusal(RefusalKind.Invalid, "id-invalid", "That is no id of ConnectWise's.", "Give the number that ConnectWise shows.")
            {
                Field = "id",
            });
    }
}
