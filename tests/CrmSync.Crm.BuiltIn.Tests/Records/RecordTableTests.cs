using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Crm.BuiltIn.Records;
using CrmSync.Storage.Sqlite;

namespace CrmSync.Crm.BuiltIn.Tests.Records;

/// <summary>Whether a record is there is known without reading it.</summary>
public sealed class RecordTableTests : IAsyncLifetime
{
    private BuiltInHarness _harness = null!;

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync() => _harness = await BuiltInHarness.StartAsync();

    public async Task DisposeAsync() => await _harness.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Existing_AmongRandomCreatesAndDeletes_AreTheRowsThatAreThere_AX3(int seed)
    {
        var random = new Random(seed);
        for (var step = 0; step < 60; step++)
        {
            await ChangeAsync(random);
            await AssertExistingAsync($"Seed {seed}, step {step}.");
        }
    }

    [Fact]
    public async Task Open_AFileThatDidNotNoteWhatWasDeleted_KnowsWhatIsThere_AX3()
    {
        var random = new Random(3);
        for (var step = 0; step < 60; step++)
        {
            await ChangeAsync(random);
        }

        await _harness.Database.WriteAsync(connection =>
        {
            connection.Execute("DROP TABLE crm_deleted");
            connection.Execute("UPDATE schema_versions SET version = 4 WHERE component = $1", Tables.Component);
        });
        await _harness.Database.EnsureSchemaAsync(Tables.Component, Tables.Scripts);

        await AssertExistingAsync("After the upgrade.");
        Assert.NotEqual(0, await _harness.Database.ReadAsync(connection => connection.Number("SELECT count(*) FROM crm_deleted")));
    }

    private async Task ChangeAsync(Random random)
    {
        var entity = random.Next(2) == 0 ? Entity.Company : Entity.Solution;
        var writes = Enumerable.Range(0, random.Next(1, 4)).Select(i => new CrmWrite { Fields = Named(i % 2 == 0 ? $"Name {random.Next(100)}" : null) });
        var written = await _harness.Crm.WriteAsync(entity, [.. writes], None);
        foreach (var id in written.Select(result => result.Id).OfType<CrmId>().Where(_ => random.Next(3) == 0))
        {
            Assert.True(await _harness.Editor.DeleteAsync(entity, id, None));
        }
    }

    private async Task AssertExistingAsync(string place)
    {
        var (asked, there, found) = await _harness.Database.ReadAsync(connection =>
        {
            var scopes = connection.Rows("SELECT DISTINCT id FROM crm_records", row => RecordScope.OfRow(row.GetInt64(0))).Distinct().ToList();
            var rows = scopes.SelectMany(scope => Enumerable.Range(990, 200).Select(number => scope.Row(number)).Append(scope.Ceiling)).ToList();
            var held = connection.Rows("SELECT id FROM crm_records", row => row.GetInt64(0)).ToHashSet();
            return (rows, held, RecordTable.Existing(connection, rows));
        });

        Assert.True(there.IsSubsetOf(asked), place);
        Assert.True(there.SetEquals(found), place);
    }

    private static FieldValues Named(string? name) => new() { [FieldKeys.Name] = name };
}
