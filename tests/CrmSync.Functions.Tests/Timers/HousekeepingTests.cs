using Azure.Data.Tables;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Functions.Tests.Support;
using CrmSync.Functions.Timers;
using CrmSync.Functions.Workflows;
using CrmSync.Storage.Azure;
using CrmSync.Storage.Azure.Tests.Support;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Functions.Tests.Timers;

/// <summary>What the app does by the clock, over the stores that it has.</summary>
public sealed class HousekeepingTests : IDisposable
{
    private static readonly TenantId Acme = new("acme");
    private static readonly TenantId Beta = new("beta");

    private readonly string _prefix = $"t{Guid.NewGuid():n}"[..20];
    private readonly DirectoryInfo _keys = Directory.CreateTempSubdirectory("crmsync-");
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly PurgingClient _client = new();

    public void Dispose() => _keys.Delete(recursive: true);

    [AzuriteFact]
    public async Task Purge_AnyDayOfTheFortnightAfterARun_RemovesWhatItLeftAndKeepsItsPlan()
    {
        var stores = await OpenAsync(Acme);
        await EndAsync(stores.Runs, Acme);
        await PurgeAsync(stores);
        Assert.Equal(1, await PartsAsync(stores, PartKind.Observation));

        _time.Advance(TimeSpan.FromDays(3));
        await PurgeAsync(stores);

        Assert.Equal((0, 1), (await PartsAsync(stores, PartKind.Observation), await PartsAsync(stores, PartKind.Plan)));
        Assert.Equal(_time.GetUtcNow() - TimeSpan.FromDays(14), _client.Purged!.CreatedTo);
        Assert.DoesNotContain(OrchestrationRuntimeStatus.Running, _client.Purged.Statuses!);
    }

    [AzuriteFact]
    public async Task Purge_BesideATenantWhoseRunsCannotBeRead_DoesTheOthers_AX1()
    {
        var stores = await OpenAsync(Acme, Beta);
        await EndAsync(stores.Runs, Acme);
        await EndAsync(stores.Runs, Beta);
        await SpoilRunsAsync(Acme);
        _time.Advance(TimeSpan.FromDays(1));

        await PurgeAsync(stores);

        Assert.Empty(await stores.Runs.ListPartsAsync(Beta, new RunId("r1"), PartKind.Observation, default));
    }

    [AzuriteFact]
    public async Task Sweep_OfARunThatNothingWorksOn_ClosesItBesideATenantWhoseRunsCannotBeRead_IM8()
    {
        var stores = await OpenAsync(Acme, Beta);
        await stores.Runs.TryBeginAsync(Run(Acme), default);
        await stores.Runs.TryBeginAsync(Run(Beta), default);
        await SpoilRunsAsync(Acme);
        _time.Advance(TimeSpan.FromMinutes(3));

        await Housekeeping(stores).SweepAsync(new TimerInfo(), _client, default);

        var swept = await stores.Runs.FindAsync(Beta, new RunId("r1"), default);
        Assert.Equal((RunState.Failed, "never-started"), (swept!.State, swept.Failure?.Code));
    }

    private async Task<AzureStores> OpenAsync(params TenantId[] tenants)
    {
        var options = new AzureStorageOptions
        {
            ConnectionString = (await Azurite.SharedAsync()).ConnectionString,
            Prefix = _prefix,
            KeyDirectory = Path.Combine(_keys.FullName, "keys"),
        };
        var stores = await AzureStores.OpenAsync(options, _time);
        foreach (var tenant in tenants)
        {
            await stores.Tenants.TryAddAsync(new Tenant(tenant, tenant.Value, _time.GetUtcNow()), default);
        }

        return stores;
    }

    private async Task EndAsync(AzureRunStore runs, TenantId tenant)
    {
        await runs.TryBeginAsync(Run(tenant), default);
        await runs.WritePartAsync(tenant, new RunId("r1"), new PartName(PartKind.Observation, Entity.Company, 0), "[]"u8.ToArray(), default);
        await runs.WritePartAsync(tenant, new RunId("r1"), new PartName(PartKind.Plan, Entity.Company, 0), "[]"u8.ToArray(), default);
        await runs.UpdateAsync(Run(tenant) with { State = RunState.Completed, EndedAt = _time.GetUtcNow() }, default);
    }

    private async Task SpoilRunsAsync(TenantId tenant)
    {
        var table = new TableClient((await Azurite.SharedAsync()).ConnectionString, _prefix + "runs");
        await foreach (var row in table.QueryAsync<TableEntity>(row => row.PartitionKey == tenant.Value))
        {
            row["Content"] = "no run"u8.ToArray();
            await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
        }
    }

    private Run Run(TenantId tenant) => new()
    {
        Id = new RunId("r1"),
        Tenant = tenant,
        Kind = RunKind.Import,
        Stages = [Entity.Company],
        StartedAt = _time.GetUtcNow(),
    };

    private static async Task<int> PartsAsync(AzureStores stores, PartKind kind) =>
        (await stores.Runs.ListPartsAsync(Acme, new RunId("r1"), kind, default)).Count;

    private Task PurgeAsync(AzureStores stores) => Housekeeping(stores).PurgeAsync(new TimerInfo(), _client, default);

    private Housekeeping Housekeeping(AzureStores stores) => new(
        stores.Tenants, stores.Runs, stores, new CloseActivity(stores.Runs, _time, NullLogger<CloseActivity>.Instance),
        _time, NullLogger<Housekeeping>.Instance);
}
