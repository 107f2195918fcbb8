using CrmSync.Contracts.Crm;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Storage.Sqlite;

namespace CrmSync.Crm.BuiltIn.Tests.Changes;

/// <summary>The built-in CRM's change feed beyond what every CRM promises.</summary>
public sealed class ChangeFeedTests : IAsyncLifetime
{
    private BuiltInHarness _harness = null!;

    public static TheoryData<FeedMutant> Mutants => [.. Enum.GetValues<FeedMutant>()];

    public async Task InitializeAsync() => _harness = await BuiltInHarness.StartAsync();

    public async Task DisposeAsync() => await _harness.DisposeAsync();

    [Theory]
    [MemberData(nameof(Mutants))]
    public async Task FeedGame_OfAWrongFeed_FindsIt(FeedMutant mutant)
    {
        var crm = new WrongFeed(_harness.Crm, mutant);

        var missed = await new FeedGame(crm, id => _harness.DeleteAsync("acme", Entity.Company, id), seed: 1).PlayAsync();

        Assert.NotNull(missed);
    }

    [Fact]
    public async Task Add_ABatchOfCreates_IsOneEntry()
    {
        var whole = _harness.Crm.Capabilities.BatchSize;
        await _harness.Crm.WriteAsync(Entity.Company, [.. Enumerable.Range(0, whole).Select(i => Company($"Company {i}"))], CancellationToken.None);

        Assert.Equal(1, await _harness.Database.ReadAsync(connection => connection.Number("SELECT COUNT(*) FROM crm_changes")));
    }

    [Fact]
    public async Task Changes_SinceAPlaceThatIsForgotten_AreRefused()
    {
        var beginning = await PlaceAsync();
        await WriteAsync("First");
        var first = await PlaceAsync();
        await WriteAsync("Second");
        var second = await PlaceAsync();

        // As if so many others had come between: the entry before it is just within what is kept once the next one comes.
        await _harness.Database.WriteAsync(connection => connection.Execute("UPDATE crm_changes SET number = number + 999998 WHERE number = 2"));
        await WriteAsync("Third");

        Assert.Equal(ChangeFeed.CursorUnknown, (await ChangesAsync(beginning)).Refusal);
        Assert.Equal(ChangeFeed.CursorUnknown, (await ChangesAsync(first)).Refusal);
        Assert.Equal(ChangeFeed.CursorUnknown, (await ChangesAsync(second)).Refusal);
        Assert.True((await ChangesAsync(await PlaceAsync())).Succeeded);
    }

    [Fact]
    public async Task Changes_SinceAPlaceBeforeTheCrmWasPutBack_AreRefused_F47()
    {
        await WriteAsync("First");
        var kept = await PlaceAsync();
        await WriteAsync("Lost");
        var lost = await PlaceAsync();

        // Put back to the state before, and gone on from there: as many entries as there were.
        await _harness.Database.WriteAsync(connection => connection.Execute("DELETE FROM crm_changes WHERE number = 2"));
        Assert.Equal(ChangeFeed.CursorUnknown, (await ChangesAsync(lost)).Refusal);
        await WriteAsync("Other");

        Assert.Equal(ChangeFeed.CursorUnknown, (await ChangesAsync(lost)).Refusal);
        Assert.Equal("Other", Assert.Single((await ChangesAsync(kept)).Value!.Changes).Record!.Fields[FieldKeys.Name]);
    }

    [Fact]
    public async Task Changes_WhereRecordsAreOlderThanTheFeed_BeginWithTheNextOne()
    {
        await WriteAsync("Old");
        await _harness.Database.WriteAsync(connection => connection.Execute("DELETE FROM crm_changes"));
        var place = await PlaceAsync();

        await WriteAsync("New");

        Assert.Equal("New", Assert.Single((await ChangesAsync(place)).Value!.Changes).Record!.Fields[FieldKeys.Name]);
    }

    [Fact]
    public async Task Changes_OfABatchThatFailed_AreNone()
    {
        var place = await PlaceAsync();

        (Entity, FieldValues, DateTimeOffset)[] good = [(Entity.Company, new() { [FieldKeys.Name] = "Acme" }, DateTimeOffset.UnixEpoch)];
        await Assert.ThrowsAsync<ArgumentException>(
            () => _harness.Editor.SeedAsync([.. good, (Entity.Company, new(), DateTimeOffset.UnixEpoch)], CancellationToken.None));

        Assert.Empty((await ChangesAsync(place)).Value!.Changes);
    }

    private static CrmWrite Company(string name) => new() { Fields = new() { [FieldKeys.Name] = name } };

    private Task<IReadOnlyList<CrmWriteResult>> WriteAsync(string name) =>
        _harness.Crm.WriteAsync(Entity.Company, [Company(name)], CancellationToken.None);

    private async Task<string> PlaceAsync() => (await _harness.Crm.ReadChangesAsync(Entity.Company, null, 1, CancellationToken.None)).Value!.Cursor;

    private Task<Core.Result<CrmChangePage>> ChangesAsync(string place) => _harness.Crm.ReadChangesAsync(Entity.Company, place, 10, CancellationToken.None);
}
