using CrmSync.Api.Endpoints;
using CrmSync.Core.Employees;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;

namespace CrmSync.Standalone.Client;

/// <summary>The API's calls for one tenant's employee sync.</summary>
/// <param name="api">The way to the server.</param>
/// <param name="root">The tenant's address.</param>
internal sealed class EmployeeClient(ApiClient api, string root)
{
    private readonly string _base = $"{root}/employees";

    public Task<EmployeeSettingsView> SettingsAsync(CancellationToken cancellation) => api.GetAsync<EmployeeSettingsView>($"{_base}/settings", cancellation);

    public Task<EmployeeOptions> OptionsAsync(CancellationToken cancellation) => api.GetAsync<EmployeeOptions>($"{_base}/options", cancellation);

    /// <summary>Saves a form: an <see cref="EmployeeForm"/>, or its JSON.</summary>
    public Task<EmployeeSettingsView> SaveAsync(object form, CancellationToken cancellation) =>
        api.PutAsync<EmployeeSettingsView>($"{_base}/settings", form, cancellation);

    /// <summary>Tests a form, or what was saved for null.</summary>
    public Task<ConnectionTestReport> TestAsync(object? form, CancellationToken cancellation) =>
        api.PostAsync<ConnectionTestReport>($"{_base}/test", form, cancellation);

    public Task<IReadOnlyList<EmployeeView>> ListAsync(CancellationToken cancellation) => Pages.AllAsync<EmployeeView>(api, _base, cancellation);

    public Task<Run> SyncAsync(bool dryRun, ConnectWiseId? member, CancellationToken cancellation) =>
        api.PostAsync<Run>($"{_base}/syncs", new SyncOrder { DryRun = dryRun, Member = member?.Value }, cancellation);

    public Task<EmployeeExplanation> ExplainAsync(ConnectWiseId member, CancellationToken cancellation) =>
        api.GetAsync<EmployeeExplanation>($"{_base}/members/{member}/explanation", cancellation);

    public Task<InvitationsReleased> InviteAsync(InvitationRelease release, CancellationToken cancellation) =>
        api.PostAsync<InvitationsReleased>($"{_base}/invitations", release, cancellation);

    /// <summary>A run's plan with all its lines.</summary>
    public async Task<PlanPage> PlanAsync(RunId run, CancellationToken cancellation)
    {
        var plan = await api.GetAsync<PlanPage>(PlanOf(run, 1000), cancellation);
        var (items, continuation) = (plan.Items.ToList(), plan.Continuation);
        while (continuation is not null)
        {
            var page = await api.GetAsync<PlanPage>($"{PlanOf(run, 1000)}&continuation={Uri.EscapeDataString(continuation)}", cancellation);
            items.AddRange(page.Items);
            continuation = page.Continuation;
        }

        return plan with { Items = items, Continuation = null };
    }

    /// <summary>Applies a run's plan, by the hash with which it was shown; for null as it stands now.</summary>
    public async Task<Run> ApplyAsync(RunId run, string? hash, CancellationToken cancellation)
    {
        hash ??= (await api.GetAsync<PlanPage>(PlanOf(run, 1), cancellation)).Hash ?? string.Empty;
        return await api.PostAsync<Run>($"{root}/plans/{Uri.EscapeDataString(run.Value)}/apply", new PlanApproval(hash), cancellation);
    }

    private string PlanOf(RunId run, int limit) => FormattableString.Invariant($"{root}/plans/{Uri.EscapeDataString(run.Value)}?limit={limit}");
}
