using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using Xunit;

namespace CrmSync.Contracts.Crm;

/// <summary>Creating records, once (S3, EX-5).</summary>
public abstract class CrmCreateContract : CrmContract
{
    [Theory]
    [InlineData(Entity.User)]
    [InlineData(Entity.Company)]
    [InlineData(Entity.Contact)]
    [InlineData(Entity.Solution)]
    [InlineData(Entity.Activity)]
    [InlineData(Entity.Opportunity)]
    public async Task Create_LeastFields_IsReadBackWithThem(Entity entity)
    {
        var fields = Least(entity);

        var id = await CreateAsync(entity, fields, "cw:acme:1");

        var record = await ReadAsync(entity, id);
        Assert.Equal(id, record.Id);
        Assert.NotNull(record.UpdatedAt);
        foreach (var (key, value) in fields)
        {
            Assert.Equal(value, record.Fields[key], ignoreCase: key == FieldKeys.Email);
        }

        if (Crm.Capabilities.UniqueExternalKey)
        {
            Assert.Equal("cw:acme:1", record.ExternalKey);
        }
    }

    [Fact]
    public async Task Create_RecordReadBack_ShowsEveryDescribedFieldBlankOrNot()
    {
        var id = await CreateAsync(Entity.Company, Least(Entity.Company));

        var record = await ReadAsync(Entity.Company, id);

        foreach (var field in await Crm.DescribeFieldsAsync(Entity.Company, None))
        {
            Assert.True(record.Fields.Has(field.Key), $"{field.Key} was not observed.");
        }
    }

    [Fact]
    public async Task Create_SameExternalKeyAgain_AnswersTheFirstAndCreatesNothing_S3()
    {
        if (!Crm.Capabilities.UniqueExternalKey)
        {
            return;
        }

        var first = await CreateAsync(Entity.Company, new() { [FieldKeys.Name] = "Acme" }, "cw:acme:1");

        var again = await WriteAsync(Entity.Company, new CrmWrite { ExternalKey = "cw:acme:1", Fields = new() { [FieldKeys.Name] = "Acme" } });

        Assert.Null(again.Error);
        Assert.False(again.Created);
        Assert.Equal(first, again.Id);
        Assert.Equal("Acme", again.Stored?[FieldKeys.Name]);
        Assert.Single(await ReadAllAsync(Entity.Company));
    }

    [Fact]
    public async Task Create_RepeatedAfterSomeoneEdited_LeavesTheEdit_S1()
    {
        if (!Crm.Capabilities.UniqueExternalKey)
        {
            return;
        }

        var id = await CreateAsync(Entity.Company, new() { [FieldKeys.Name] = "Acme", [FieldKeys.City] = "Tampa" }, "cw:acme:1");
        await ChangeAsync(Entity.Company, id, new() { [FieldKeys.City] = "Miami" });

        var again = await WriteAsync(
            Entity.Company, new CrmWrite { ExternalKey = "cw:acme:1", Fields = new() { [FieldKeys.Name] = "Acme", [FieldKeys.City] = "Tampa" } });

        Assert.Equal("Miami", again.Stored?[FieldKeys.City]);
        Assert.Equal("Miami", (await ReadAsync(Entity.Company, id)).Fields[FieldKeys.City]);
    }

    [Fact]
    public async Task Create_SameExternalKeyTwiceInOneBatch_CreatesOne_S3()
    {
        if (!Crm.Capabilities.UniqueExternalKey)
        {
            return;
        }

        var write = new CrmWrite { ExternalKey = "cw:acme:1", Fields = new() { [FieldKeys.Name] = "Acme" } };

        var results = await Crm.WriteAsync(Entity.Company, [write, write], None);

        Assert.Equal(results[0].Id, results[1].Id);
        Assert.True(results[0].Created);
        Assert.False(results[1].Created);
        Assert.Single(await ReadAllAsync(Entity.Company));
    }

    [Fact]
    public async Task Create_SameBatchConcurrently_CreatesEachOnce_S3()
    {
        if (!Crm.Capabilities.UniqueExternalKey)
        {
            return;
        }

        var writes = Enumerable.Range(1, Math.Min(50, Crm.Capabilities.BatchSize))
            .Select(i => new CrmWrite { ExternalKey = $"cw:acme:{i}", Fields = new() { [FieldKeys.Name] = $"Company {i}" } })
            .ToList();

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Crm.WriteAsync(Entity.Company, writes, None))));

        Assert.Equal(writes.Count, (await ReadAllAsync(Entity.Company)).Count);
        for (var i = 0; i < writes.Count; i++)
        {
            Assert.Single(answers.Select(answer => answer[i].Id).Distinct());
            Assert.Equal(1, answers.Count(answer => answer[i].Created));
        }
    }

    [Fact]
    public async Task Create_SameExternalKeyForAnotherEntity_CreatesBoth()
    {
        await CreateAsync(Entity.Company, Least(Entity.Company), "cw:acme:1");

        await CreateAsync(Entity.Contact, Least(Entity.Contact), "cw:acme:1");

        Assert.Single(await ReadAllAsync(Entity.Company));
        Assert.Single(await ReadAllAsync(Entity.Contact));
    }

    [Theory]
    [InlineData(Entity.User, FieldKeys.Name)]
    [InlineData(Entity.Company, FieldKeys.City)]
    [InlineData(Entity.Contact, FieldKeys.Email)]
    [InlineData(Entity.Solution, FieldKeys.Sku)]
    [InlineData(Entity.Activity, FieldKeys.Subject)]
    [InlineData(Entity.Opportunity, FieldKeys.Description)]
    public async Task Create_WithoutRequiredField_IsRefused(Entity entity, string only)
    {
        var result = await WriteAsync(entity, new CrmWrite { Fields = new() { [only] = "a@example.org" } });

        AssertRefused(result);
        Assert.Empty(await ReadAllAsync(entity));
    }

    [Fact]
    public async Task Read_MissingIds_AreLeftOut()
    {
        var company = await CreateAsync(Entity.Company, Least(Entity.Company));
        var contact = await CreateAsync(Entity.Contact, Least(Entity.Contact));

        var found = await Crm.ReadAsync(Entity.Company, [company, contact, new CrmId("nobody"), new CrmId("C-999999")], None);

        Assert.Equal([company], found.Keys);
    }

    [Fact]
    public async Task ReadAll_MoreThanOnePage_ShowsEachOnce_C1()
    {
        const int Count = 2_300;
        var ids = new HashSet<CrmId>();
        foreach (var batch in Enumerable.Range(0, Count).Chunk(Crm.Capabilities.BatchSize))
        {
            var results = await Crm.WriteAsync(
                Entity.Solution, [.. batch.Select(i => new CrmWrite { Fields = Least(Entity.Solution, $"Solution {i}") })], None);
            ids.UnionWith(results.Select(result => result.Id!.Value));
        }

        var records = await ReadAllAsync(Entity.Solution);

        Assert.Equal(Count, records.Count);
        Assert.Equal(ids, records.Select(record => record.Id).ToHashSet());
    }
}
