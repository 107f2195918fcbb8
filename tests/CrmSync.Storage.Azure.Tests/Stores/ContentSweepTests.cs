using Azure.Core;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Setup;
using CrmSync.Storage.Azure.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Storage.Azure.Tests.Stores;

/// <summary>Contents that no row names are removed when they are a day old, and no others (F44).</summary>
[NeedsAzurite]
public sealed class ContentSweepTests : IAsyncLifetime
{
    private static readonly TenantId Acme = new("acme");
    private readonly AzureSpace _space = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _space.RemoveAsync();

    [Fact]
    public async Task Remove_WriterDiedBetweenBlobAndRow_TakesItsBlobAfterADay()
    {
        var stores = await _space.OpenAsync(_time);
        await stores.Setups.TryWriteAsync(Acme, Setup(0), default);
        await stores.Runs.TryBeginAsync(Run(), default);
        await stores.Links.WriteAsync(Acme, Entity.Company, [LargeLink()], default);
        var rows = await CountAsync();
        await DieAsync(dying => dying.Setups.TryWriteAsync(Acme, Setup(1), default), BeforeRequest.IsRowWrite);
        await DieAsync(dying => dying.Runs.UpdateAsync(Run(), default), BeforeRequest.IsTransaction);
        await DieAsync(dying => dying.Links.WriteAsync(Acme, Entity.Company, [LargeLink() with { Type = 2L }], default), BeforeRequest.IsTransaction);
        Assert.Equal(rows + 3, await CountAsync());

        Assert.Equal(0, await stores.RemoveLeftContentsAsync(default));
        _time.Advance(TimeSpan.FromHours(25));
        Assert.Equal(3, await stores.RemoveLeftContentsAsync(default));

        Assert.Equal(rows, await CountAsync());
        Assert.Equal(5_000, (await stores.Setups.ReadAsync(Acme, default)).Users!.Types.Count);
        Assert.NotNull(await stores.Runs.FindAsync(Acme, new RunId("r1"), default));
        Assert.NotNull(await stores.Links.FindAsync(Acme, Entity.Company, new ConnectWiseId(1), default));
    }

    [Fact]
    public async Task Remove_EverythingNamed_TakesNothing()
    {
        var stores = await _space.OpenAsync(_time);
        await stores.Setups.TryWriteAsync(Acme, Setup(0), default);
        await stores.Setups.TryWriteAsync(Acme, Setup(1), default);
        await stores.Runs.TryBeginAsync(Run(), default);
        await stores.Runs.UpdateAsync(Run() with { State = RunState.Completed, EndedAt = _time.GetUtcNow() }, default);
        await stores.Links.WriteAsync(Acme, Entity.Company, [LargeLink()], default);
        await stores.Links.WriteAsync(Acme, Entity.Company, [LargeLink() with { Type = 2L }], default);
        _time.Advance(TimeSpan.FromDays(9));

        Assert.Equal(0, await stores.RemoveLeftContentsAsync(default));

        Assert.Equal(2, (await stores.Links.FindAsync(Acme, Entity.Company, new ConnectWiseId(1), default))?.Type);
        Assert.Equal(3, await CountAsync());
    }

    [Fact]
    public async Task Remove_BlobThatDoesNotTellItsRow_Stays()
    {
        var stores = await _space.OpenAsync(_time);
        var container = await _space.ContentsAsync();
        foreach (var name in (string[])["acme/setup/0", "acme/else/0", "other"])
        {
            await container.UploadBlobAsync(name, BinaryData.FromString("x"));
        }

        _time.Advance(TimeSpan.FromDays(9));

        Assert.Equal(0, await stores.RemoveLeftContentsAsync(default));
        Assert.Equal(3, await CountAsync());
    }

    private static TenantSetup Setup(int version) => new()
    {
        Version = version,
        Users = new UsersSettings { Types = [.. Enumerable.Range(1, 5_000).Select(i => new TypeMapping(i, $"Role {i}"))] },
    };

    private Run Run() => new()
    {
        Id = new RunId("r1"),
        Tenant = Acme,
        Kind = RunKind.Import,
        Stages = [Entity.Company],
        StartedAt = _time.GetUtcNow(),
        Progress = new RunProgress { Stages = [.. Enumerable.Repeat(new StageProgress { Stage = Entity.Company }, 2_000)] },
    };

    private static Link LargeLink() => new()
    {
        ConnectWise = new ConnectWiseId(1),
        Crm = new CrmId("c1"),
        ConnectWiseSnapshot = new FieldValues { [FieldKeys.Name] = new string('x', 90_000) },
        CrmSnapshot = [],
        Run = new RunId("r1"),
    };

    private async Task DieAsync(Func<AzureStores, Task> write, Func<Request, bool> where)
    {
        var dying = await _space.OpenAsync(_time, new BeforeRequest(where, () => throw new InvalidOperationException("Died.")));
        await Assert.ThrowsAsync<InvalidOperationException>(() => write(dying));
    }

    private async Task<int> CountAsync() => await (await _space.ContentsAsync()).GetBlobsAsync().CountAsync();
}
