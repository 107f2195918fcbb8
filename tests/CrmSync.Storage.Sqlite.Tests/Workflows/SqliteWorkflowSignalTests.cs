using CrmSync.Contracts.Stores;
using CrmSync.Core.Ports;
using CrmSync.Core.Workflows;

namespace CrmSync.Storage.Sqlite.Tests.Workflows;

public sealed class SqliteWorkflowSignalTests : WorkflowSignalContract
{
    private readonly SqliteHosts _hosts = new();

    protected override IRunStore Runs => _hosts.Stores.Runs;

    protected override DateTimeOffset Now => _hosts.Time.GetUtcNow();

    public override Task InitializeAsync() => _hosts.InitializeAsync();

    public override Task DisposeAsync() => _hosts.RemoveAsync();

    protected override void Advance(TimeSpan span) => _hosts.Time.Advance(span);

    protected override Task<IWorkflowHostUnderTest> OpenAsync(StepCatalog catalog, Action? boundary = null) => Task.FromResult(_hosts.Open(catalog, boundary));
}
