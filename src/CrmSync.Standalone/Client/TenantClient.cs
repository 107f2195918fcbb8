using CrmSync.Api.Endpoints;
using CrmSync.Api.Http;
using CrmSync.Core.Access;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Setup;

namespace CrmSync.Standalone.Client;

/// <summary>The API's calls for one tenant.</summary>
internal sealed class TenantClient(ApiClient api, TenantId tenant)
{
    private const int MostInvited = 1000;

    private readonly string _base = $"api/tenants/{Uri.EscapeDataString(tenant.Value)}";

    public TenantId Tenant => tenant;

    /// <summary>The calls for the employee sync.</summary>
    public EmployeeClient Employees => new(api, _base);

    public Task<ConnectionTestReport> TestConnectionAsync(ConnectionForm form, CancellationToken cancellation) =>
        api.PostAsync<ConnectionTestReport>($"{_base}/setup/connection/test", form, cancellation);

    public Task<StepView> SaveStepAsync(SetupStep step, object settings, CancellationToken cancellation) =>
        api.PutAsync<StepView>($"{_base}/setup/{SetupSteps.NameOf(step)}", settings, cancellation);

    public Task<StepOptions> OptionsAsync(SetupStep step, CancellationToken cancellation) =>
        api.GetAsync<StepOptions>($"{_base}/setup/{SetupSteps.NameOf(step)}/options", cancellation);

    /// <summary>All members, page after page.</summary>
    public Task<IReadOnlyList<MemberView>> MembersAsync(CancellationToken cancellation) => AllAsync<MemberView>($"{_base}/users", cancellation);

    /// <summary>Invites members, in as many calls as it takes.</summary>
    public async Task<IReadOnlyList<InvitationResult>> InviteAsync(IEnumerable<ConnectWiseId> members, CancellationToken cancellation)
    {
        var results = new List<InvitationResult>();
        foreach (var chunk in members.Select(member => member.Value).Chunk(MostInvited))
        {
            results.AddRange((await api.PostAsync<InvitationReport>($"{_base}/users/invitations", new InvitationRequest(chunk), cancellation)).Members);
        }

        return results;
    }

    public Task<Run> StartImportAsync(string? stage, bool dryRun, CancellationToken cancellation) =>
        api.PostAsync<Run>($"{_base}/imports", new ImportOrder { Stage = stage, DryRun = dryRun }, cancellation);

    public Task<Run> CancelAsync(RunId run, CancellationToken cancellation) =>
        api.PostAsync<Run>($"{_base}/runs/{Uri.EscapeDataString(run.Value)}/cancel", null, cancellation);

    public Task<Run> RunAsync(RunId run, CancellationToken cancellation) => api.GetAsync<Run>($"{_base}/runs/{Uri.EscapeDataString(run.Value)}", cancellation);

    public async Task<IReadOnlyList<Run>> RunsAsync(int limit, CancellationToken cancellation) =>
        (await api.GetAsync<Page<Run>>(FormattableString.Invariant($"{_base}/runs?limit={limit}"), cancellation)).Items;

    public async Task<IReadOnlyList<RecordLogEntry>> RecordsAsync(RunId run, Entity stage, Outcome outcome, int limit, CancellationToken cancellation) =>
        (await api.GetAsync<Page<RecordLogEntry>>(
            FormattableString.Invariant($"{_base}/runs/{run}/records?stage={Stages.NameOf(stage)}&outcome={outcome}&limit={limit}"), cancellation)).Items;

    public Task<RecordExplanation> ExplainAsync(string entity, string id, bool crm, CancellationToken cancellation) => api.GetAsync<RecordExplanation>(
        $"{_base}/records/{Uri.EscapeDataString(entity)}/{Uri.EscapeDataString(id)}/explanation{(crm ? "?side=crm" : string.Empty)}", cancellation);

    public Task<Page<CrmRecord>> BrowseAsync(string entity, string? search, int limit, CancellationToken cancellation) => api.GetAsync<Page<CrmRecord>>(
        FormattableString.Invariant($"{_base}/crm/{Uri.EscapeDataString(entity)}?limit={limit}")
            + (search is null ? string.Empty : $"&search={Uri.EscapeDataString(search)}"),
        cancellation);

    public Task<IReadOnlyList<KeySummary>> KeysAsync(CancellationToken cancellation) => AllAsync<KeySummary>($"{_base}/keys", cancellation);

    public Task<IssuedKeyView> AddKeyAsync(string name, CancellationToken cancellation) =>
        api.PostAsync<IssuedKeyView>($"{_base}/keys", new NewKey(name), cancellation);

    public Task RemoveKeyAsync(string id, CancellationToken cancellation) => api.DeleteAsync($"{_base}/keys/{Uri.EscapeDataString(id)}", cancellation);

    private Task<IReadOnlyList<T>> AllAsync<T>(string path, CancellationToken cancellation) => Pages.AllAsync<T>(api, path, cancellation);
}

/// <summary>A new key as the server shows it this once. No record, so that nothing prints it.</summary>
internal sealed class IssuedKeyView
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string Key { get; init; }
}

/// <summary>Reads lists to their end.</summary>
internal static class Pages
{
    public static async Task<IReadOnlyList<T>> AllAsync<T>(ApiClient api, string path, CancellationToken cancellation)
    {
        var items = new List<T>();
        string? continuation = null;
        do
        {
            var page = await api.GetAsync<Page<T>>(
                $"{path}?limit=1000{(continuation is null ? string.Empty : $"&continuation={Uri.EscapeDataString(continuation)}")}", cancellation);
            items.AddRange(page.Items);
            continuation = page.Continuation;
        }
        while (continuation is not null);

        return items;
    }
}
