using CrmSync.Core.Records;
using Xunit;

namespace CrmSync.Contracts.Stores;

/// <summary>What the suites of the stores share: a fresh, empty store for each test.</summary>
public abstract class StoreContract<TStore> : IAsyncLifetime
    where TStore : class
{
    protected static readonly TenantId Acme = new("acme");
    protected static readonly TenantId Globex = new("globex");
    protected static readonly RunId Run1 = new("run-0001");
    protected static readonly RunId Run2 = new("run-0002");
    protected static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private TStore? _store;

    protected TStore Store => _store ?? throw new InvalidOperationException("The test has not begun.");

    public async Task InitializeAsync() => _store = await OpenAsync();

    public abstract Task DisposeAsync();

    /// <summary>Opens the store: empty at first, and with all that was stored when it is called again within one test.</summary>
    protected abstract Task<TStore> OpenAsync();
}
