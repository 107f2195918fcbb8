using CrmSync.Api.Endpoints;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Api.Tests.Fakes;

internal sealed class MemoryTenantStore : ITenantStore
{
    public SortedDictionary<string, Tenant> Tenants { get; } = new(StringComparer.Ordinal);

    public List<AccessKey> Keys { get; } = [];

    public Task<bool> TryAddAsync(Tenant tenant, CancellationToken cancellation) => Task.FromResult(Tenants.TryAdd(tenant.Id.Value, tenant));

    public Task<Tenant?> FindAsync(TenantId tenant, CancellationToken cancellation) => Task.FromResult(Tenants.GetValueOrDefault(tenant.Value));

    public Task<IReadOnlyList<Tenant>> ListAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<Tenant>>([.. Tenants.Values]);

    public Task AddKeyAsync(AccessKey key, CancellationToken cancellation)
    {
        Keys.Add(key);
        return Task.CompletedTask;
    }

    public Task<AccessKey?> FindKeyAsync(string hash, CancellationToken cancellation) => Task.FromResult(Keys.FirstOrDefault(key => key.Hash == hash));

    public Task<IReadOnlyList<AccessKey>> ListKeysAsync(TenantId? tenant, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<AccessKey>>([.. Keys.Where(key => key.Tenant == tenant)]);

    public Task<bool> RemoveKeyAsync(TenantId? tenant, string id, CancellationToken cancellation) =>
        Task.FromResult(Keys.RemoveAll(key => key.Tenant == tenant && key.Id == id) > 0);
}

internal sealed class MemoryBackupStore : IBackupStore
{
    public List<(TenantId Tenant, BackupSummary Summary, BackupRecord[] Records)> Backups { get; } = [];

    public Task WriteAsync(TenantId tenant, RunId run, BackupName name, IReadOnlyList<BackupRecord> records, CancellationToken cancellation) =>
        Task.CompletedTask;

    public Task<IReadOnlyList<BackupSummary>> ListAsync(TenantId tenant, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<BackupSummary>>(
        [.. Backups.Where(backup => backup.Tenant == tenant).Select(backup => backup.Summary)
            .OrderByDescending(summary => summary.Run.Value, StringComparer.Ordinal)]);

    public IAsyncEnumerable<BackupRecord> ReadAsync(TenantId tenant, RunId run, CancellationToken cancellation) =>
        Backups.Where(backup => backup.Tenant == tenant && backup.Summary.Run == run).SelectMany(backup => backup.Records).ToAsyncEnumerable();
}

internal sealed class MemoryCrmBrowser : ICrmBrowser
{
    public List<CrmRecord> Companies { get; } = [];

    public Task<CrmListing> ListAsync(TenantId tenant, Entity entity, string? search, string? after, int limit, CancellationToken cancellation)
    {
        if (search == "explode")
        {
            throw new InvalidOperationException($"The secret is {Core.Tests.Setup.Fakes.SetupWorld.Secret}.");
        }

        var found = Companies.Where(_ => entity == Entity.Company)
            .Where(company => search is null || company.Fields[FieldKeys.Name]!.Contains(search, StringComparison.OrdinalIgnoreCase))
            .Where(company => after is null || string.CompareOrdinal(company.Id.Value, after) > 0).Take(limit + 1).ToList();
        return Task.FromResult(found.Count > limit ? new CrmListing(found[..limit], found[limit - 1].Id.Value) : new CrmListing(found, null));
    }

    public Task<CrmRecord?> FindAsync(TenantId tenant, Entity entity, CrmId id, CancellationToken cancellation) =>
        Task.FromResult(Companies.FirstOrDefault(company => entity == Entity.Company && company.Id == id));
}
