using System.Globalization;
using CrmSync.Core.Matching;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Storage.Sqlite;

namespace CrmSync.Crm.BuiltIn.Tests.Matching;

/// <summary>Keys that wait to be sorted into the index are found all the same, and those that were given up are not.</summary>
public sealed class KeyTableTests : IAsyncLifetime
{
    private const int Names = 40;

    private BuiltInHarness _harness = null!;

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync() => _harness = await BuiltInHarness.StartAsync();

    public async Task DisposeAsync() => await _harness.DisposeAsync();

    [Fact]
    public async Task Open_AFileWhoseKeysWaitOneByOne_BringsThemIntoTheIndex_CO2()
    {
        var database = _harness.Database;
        await database.EnsureSchemaAsync(Tables.Component, [.. Tables.Scripts.Take(3)]);
        await database.WriteAsync(connection => connection.Execute(
            "INSERT INTO crm_new_keys (entity, number, scope, key, record) VALUES (9, 1, 99, 'zoë', 1234), (9, 2, 99, 'acme', 1235), (7, 1, 70, 'x', 1)"));

        await database.EnsureSchemaAsync(Tables.Component, Tables.Scripts);

        Assert.Equal(["1235", "1234"], await database.ReadAsync(connection =>
            connection.Rows("SELECT record FROM crm_keys WHERE scope = 99 ORDER BY key", row => row.GetInt64(0).ToString(CultureInfo.InvariantCulture))));
        Assert.Equal(1, await database.ReadAsync(connection => connection.Number("SELECT count(*) FROM crm_keys WHERE scope = 70")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Candidates_AmongRandomWritesEditsAndDeletes_AreThoseThatCarryTheKey_CO2(int seed)
    {
        var random = new Random(seed);
        var world = new Dictionary<CrmId, string>();
        for (var step = 0; step < 300; step++)
        {
            var known = world.Keys.ToList();
            switch (random.Next(5))
            {
                case 0 when known.Count > 0:
                    var gone = known[random.Next(known.Count)];
                    Assert.True(await _harness.Editor.DeleteAsync(Entity.Company, gone, None));
                    world.Remove(gone);
                    break;
                case 1 when known.Count > 0:
                    var edited = known[random.Next(known.Count)];
                    var name = Name(random);
                    await _harness.Editor.EditAsync(Entity.Company, edited, Company(name), None);
                    world[edited] = name;
                    break;
                case 2:
                    var wanted = Name(random);
                    var found = await _harness.Crm.FindCandidatesAsync(Entity.Company, [Key(wanted)], None);
                    var carriers = world.Where(pair => pair.Value == wanted).Select(pair => pair.Key.Value).Order(StringComparer.Ordinal);
                    Assert.True(carriers.SequenceEqual(found.Select(record => record.Id.Value).Order(StringComparer.Ordinal)), $"Seed {seed}, step {step}.");
                    break;
                default:
                    var names = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Name(random)).ToList();
                    var written = await _harness.Crm.WriteAsync(Entity.Company, [.. names.Select(each => new CrmWrite { Fields = Company(each) })], None);
                    foreach (var (result, each) in written.Zip(names))
                    {
                        world.Add(result.Id!.Value, each);
                    }

                    break;
            }
        }
    }

    [Fact]
    public async Task Keys_MoreThanAreSortedAtOnce_AreAllFound_CO2()
    {
        // A name, a website and a phone each: more than 40 K keys.
        const int Companies = 24_000;
        foreach (var batch in Enumerable.Range(0, Companies).Chunk(_harness.Crm.Capabilities.BatchSize))
        {
            await _harness.Crm.WriteAsync(Entity.Company, [.. batch.Select(i => new CrmWrite
            {
                Fields = new()
                {
                    [FieldKeys.Name] = Numbered(i), [FieldKeys.Website] = $"https://n{i}.example.com", [FieldKeys.Phone] = $"+1 813 {2_000_000 + i}",
                },
            })], None);
        }

        foreach (var i in new[] { 0, 12_345, Companies - 1 })
        {
            var found = await _harness.Crm.FindCandidatesAsync(Entity.Company, [Key(Numbered(i))], None);
            Assert.Equal(Numbered(i), Assert.Single(found).Fields[FieldKeys.Name]);
        }

        var page = await _harness.Browser.ListAsync(Entity.Company, new CrmPageRequest { Search = Numbered(Companies - 1) }, None);
        Assert.Single(page.Value!.Records);
    }

    [Fact]
    public async Task Keys_OnceNothingIsWrittenForAWhile_WaitNoMore_CO2()
    {
        await _harness.Crm.WriteAsync(Entity.Company, [new CrmWrite { Fields = Company(Numbered(1)) }], None);
        await _harness.Crm.WriteAsync(Entity.Contact, [new CrmWrite { Fields = new() { [FieldKeys.LastName] = "Lovelace" } }], None);
        _harness.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, await WaitingAsync());

        _harness.Time.Advance(TimeSpan.FromSeconds(1));

        // It is done beside: each look here takes its turn behind a piece of it.
        for (var looks = 0; await WaitingAsync() > 0; looks++)
        {
            Assert.True(looks < 1000, "Nobody sorts the keys.");
        }

        Assert.Equal(2, await _harness.Database.ReadAsync(connection => connection.Number("SELECT count(*) FROM crm_keys")));
    }

    [Fact]
    public async Task Candidates_OfACrmThatHoldsNothing_AreNoneAndNoKeyIsWorkedOut_CO2()
    {
        var asked = 0;
        var keys = Enumerable.Range(0, 3).Select(number =>
        {
            asked++;
            return Key(Numbered(number));
        });

        Assert.Empty(await _harness.Crm.FindCandidatesAsync(Entity.Company, keys, None));
        Assert.Equal(0, asked);

        await _harness.Crm.WriteAsync(Entity.Company, [new CrmWrite { Fields = Company(Numbered(1)) }], None);
        Assert.Single(await _harness.Crm.FindCandidatesAsync(Entity.Company, keys, None));
    }

    private Task<long> WaitingAsync() =>
        _harness.Database.WriteAsync(connection => connection.Number("SELECT count(*) FROM crm_new_keys") ?? 0);

    private static string Name(Random random) => Numbered(random.Next(Names));

    private static string Numbered(int number) => string.Create(CultureInfo.InvariantCulture, $"Firm n{number} of Tampa");

    private static FieldValues Company(string name) => new() { [FieldKeys.Name] = name };

    private static MatchKey Key(string name) => new(MatchKind.Name, Normalise.CompanyName(name)!);
}
