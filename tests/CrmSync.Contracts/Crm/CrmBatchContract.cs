using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using Xunit;

namespace CrmSync.Contracts.Crm;

/// <summary>Batches: one bad record fails alone, and the answers stand in order (L4).</summary>
public abstract class CrmBatchContract : CrmContract
{
    public static TheoryData<string, string?> BadValues => new()
    {
        { FieldKeys.EmployeeCount, "abc" },
        { FieldKeys.AnnualRevenue, "1,000" },
        { FieldKeys.Name, new string('x', 100_000) },
        { FieldKeys.Name, "   " },
        { FieldKeys.Type, "No such type" },
        { "no-such-field", "x" },
        { "custom:no-such-field", null },
    };

    [Theory]
    [MemberData(nameof(BadValues))]
    public async Task Batch_OneBadRecord_FailsAlone_L4(string key, string? value)
    {
        var bad = Least(Entity.Company, "Bad");
        bad[key] = value;

        var results = await Crm.WriteAsync(
            Entity.Company,
            [
                new CrmWrite { Fields = Least(Entity.Company, "First") },
                new CrmWrite { Fields = bad },
                new CrmWrite { Fields = Least(Entity.Company, "Third") },
            ],
            None);

        Assert.Equal(3, results.Count);
        AssertRefused(results[1]);
        Assert.Equal("First", (await ReadAsync(Entity.Company, results[0].Id!.Value)).Fields[FieldKeys.Name]);
        Assert.Equal("Third", (await ReadAsync(Entity.Company, results[2].Id!.Value)).Fields[FieldKeys.Name]);
        Assert.Equal(2, (await ReadAllAsync(Entity.Company)).Count);
    }

    [Fact]
    public async Task Batch_RefusedChange_LeavesTheWholeRecord()
    {
        var id = await CreateAsync(Entity.Company, new() { [FieldKeys.Name] = "Acme", [FieldKeys.City] = "Tampa" });

        AssertRefused(await ChangeAsync(Entity.Company, id, new() { [FieldKeys.City] = "Miami", [FieldKeys.EmployeeCount] = "many" }));

        Assert.Equal("Tampa", (await ReadAsync(Entity.Company, id)).Fields[FieldKeys.City]);
    }

    [Fact]
    public async Task Batch_FullSize_AnswersInOrder()
    {
        var writes = Enumerable.Range(0, Crm.Capabilities.BatchSize)
            .Select(i => new CrmWrite { ExternalKey = $"cw:acme:{i}", Fields = Least(Entity.Company, $"Company {i}") })
            .ToList();

        var results = await Crm.WriteAsync(Entity.Company, writes, None);

        var records = await Crm.ReadAsync(Entity.Company, [.. results.Select(result => result.Id!.Value)], None);
        for (var i = 0; i < writes.Count; i++)
        {
            Assert.Equal($"Company {i}", records[results[i].Id!.Value].Fields[FieldKeys.Name]);
        }
    }

    [Fact]
    public async Task Batch_Empty_AnswersNothing() => Assert.Empty(await Crm.WriteAsync(Entity.Company, [], None));

    [Fact]
    public async Task Batch_CreatesAndChangesMixed_DoesBoth()
    {
        var id = await CreateAsync(Entity.Company, Least(Entity.Company));

        var results = await Crm.WriteAsync(
            Entity.Company,
            [
                new CrmWrite { Fields = Least(Entity.Company, "New") },
                new CrmWrite { Id = id, Fields = new() { [FieldKeys.City] = "Miami" } },
            ],
            None);

        Assert.True(results[0].Created);
        Assert.Equal(id, results[1].Id);
        Assert.Equal("Miami", (await ReadAsync(Entity.Company, id)).Fields[FieldKeys.City]);
    }
}
