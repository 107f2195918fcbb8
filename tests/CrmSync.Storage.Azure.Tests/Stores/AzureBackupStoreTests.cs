using CrmSync.Contracts.Stores;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Storage.Azure.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Storage.Azure.Tests.Stores;

[NeedsAzurite]
public sealed class AzureBackupStoreTests : BackupStoreContract
{
    private readonly AzureSpace _space = new();
    private readonly FakeTimeProvider _time = new(Noon);

    public override Task DisposeAsync() => _space.RemoveAsync();

    [Fact]
    public async Task List_SeveralPieces_TellsWhenTheFirstWasWritten()
    {
        await Store.WriteAsync(Acme, Run1, new BackupName(Entity.Company, 0, 0), [], default);
        _time.Advance(TimeSpan.FromMinutes(5));
        await Store.WriteAsync(Acme, Run1, new BackupName(Entity.Company, 0, 1), [], default);

        Assert.Equal(Noon, Assert.Single(await Store.ListAsync(Acme, default)).TakenAt);
    }

    protected override async Task<IBackupStore> OpenAsync() => (await _space.OpenAsync(_time)).Backups;
}
