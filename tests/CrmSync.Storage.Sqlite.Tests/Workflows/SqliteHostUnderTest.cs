using CrmSync.Contracts.Stores;
using CrmSync.Core.Records;
using CrmSync.Core.Workflows;
using CrmSync.Storage.Sqlite.Tests.Stores;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Storage.Sqlite.Tests.Workflows;

/// <summary>The storage and the clock over which one test opens its hosts.</summary>
public sealed class SqliteHosts
{
    private readonly SqliteFolder _folder = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public SqliteStores Stores { get; private set; } = null!;

    public async Task InitializeAsync() => Stores = await _folder.OpenAsync(Time);

    public Task RemoveAsync() => _folder.RemoveAsync();

    public IWorkflowHostUnderTest Open(StepCatalog catalog, Action? boundary) => new HostUnderTest(new SqliteWorkflowHost(
        Stores.Database, catalog, Time, NullLogger<SqliteWorkflowHost>.Instance,
        new WorkflowHostOptions { Observer = boundary is null ? null : _ => boundary() }));

    private sealed class HostUnderTest(SqliteWorkflowHost host) : IWorkflowHostUnderTest
    {
        public IWorkflowHost Host => host;

        public Task ResumeAsync() => host.ResumeAllAsync();

        public Task WhenEndedAsync(RunId run) => host.WhenEndedAsync(new TenantId("acme"), run);

        public ValueTask DisposeAsync() => host.DisposeAsync();
    }
}
