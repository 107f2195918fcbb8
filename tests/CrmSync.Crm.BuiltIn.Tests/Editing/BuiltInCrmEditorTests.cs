using CrmSync.Core.Matching;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Crm.BuiltIn.Tests.Editing;

public sealed class BuiltInCrmEditorTests : IAsyncLifetime
{
    private BuiltInHarness _harness = null!;

    private static CancellationToken None => CancellationToken.None;

    private static FieldValues Acme => new() { [FieldKeys.Name] = "Acme", [FieldKeys.City] = "Tampa" };

    public async Task InitializeAsync() => _harness = await BuiltInHarness.StartAsync();

    public async Task DisposeAsync() => await _harness.DisposeAsync();

    [Fact]
    public async Task Seed_GivenTimes_AreKeptInWholeSeconds()
    {
        var time = new DateTimeOffset(2020, 5, 6, 7, 8, 9, 999, TimeSpan.Zero);

        var id = Assert.Single(await _harness.Editor.SeedAsync([(Entity.Company, Acme, time)], None));

        Assert.Equal(new DateTimeOffset(2020, 5, 6, 7, 8, 9, TimeSpan.Zero), (await ReadAsync(id)).UpdatedAt);
    }

    [Fact]
    public async Task Seed_SeveralEntities_AnswersIdsInOrder()
    {
        var now = _harness.Time.GetUtcNow();

        var ids = await _harness.Editor.SeedAsync(
            [(Entity.Company, Acme, now), (Entity.Contact, new() { [FieldKeys.FirstName] = "Ann" }, now), (Entity.Company, Acme, now)], None);

        Assert.Equal(["C-1001", "P-1001", "C-1002"], ids.Select(id => id.Value));
    }

    [Fact]
    public async Task Seed_RefusedRecord_Throws() => await Assert.ThrowsAsync<ArgumentException>(
        () => _harness.Editor.SeedAsync([(Entity.Company, new FieldValues(), _harness.Time.GetUtcNow())], None));

    [Fact]
    public async Task Edit_WhileTheClockStandsOrGoesBack_NeverGoesBack_F30()
    {
        var id = Assert.Single(await _harness.Editor.SeedAsync([(Entity.Company, Acme, _harness.Time.GetUtcNow().AddHours(1))], None));
        var before = (await ReadAsync(id)).UpdatedAt;

        await _harness.Editor.EditAsync(Entity.Company, id, new() { [FieldKeys.City] = "Miami" }, None);

        Assert.True((await ReadAsync(id)).UpdatedAt >= before);
    }

    [Fact]
    public async Task Delete_Company_TakesKeysAndReferencesWithIt_AndNeverGivesItsIdAgain()
    {
        var write = new CrmWrite { ExternalKey = "cw:acme:1", Fields = Acme };
        var company = (await _harness.Crm.WriteAsync(Entity.Company, [write], None))[0].Id!.Value;
        var contact = (await _harness.Editor.AddAsync(Entity.Contact, new() { [FieldKeys.FirstName] = "Ann", [FieldKeys.Company] = company.Value }, None)).Id!.Value;

        Assert.True(await _harness.Editor.DeleteAsync(Entity.Company, company, None));

        Assert.False(await _harness.Editor.DeleteAsync(Entity.Company, company, None));
        Assert.Empty(await _harness.Crm.FindCandidatesAsync(Entity.Company, [new(MatchKind.Name, "acme"), new(MatchKind.ExternalKey, "cw:acme:1")], None));
        Assert.Null((await _harness.Browser.FindAsync(Entity.Contact, contact, None))!.Record.Fields[FieldKeys.Company]);
        var again = (await _harness.Crm.WriteAsync(Entity.Company, [write], None))[0];
        Assert.True(again.Created);
        Assert.NotEqual(company, again.Id);
    }

    [Fact]
    public async Task ReplaceChoices_RemovedType_IsRefusedAndKeptWhereItStands_SU9()
    {
        var choices = await _harness.Crm.ReadChoicesAsync(None);
        var client = new FieldValues { [FieldKeys.Name] = "Acme", [FieldKeys.Type] = "client" };
        var id = (await _harness.Editor.AddAsync(Entity.Company, client, None)).Id!.Value;

        await _harness.Editor.ReplaceChoicesAsync(choices with { CompanyTypes = ["Customer"], Lists = ["VIP"] }, None);

        var after = await _harness.Crm.ReadChoicesAsync(None);
        Assert.Equal(["Customer"], after.CompanyTypes);
        Assert.Equal(["VIP"], after.Lists);
        Assert.Equal("choice-unknown", (await _harness.Editor.AddAsync(Entity.Company, client, None)).Error?.Code);
        Assert.Null((await _harness.Editor.EditAsync(Entity.Company, id, new() { [FieldKeys.City] = "Miami" }, None)).Error);
        Assert.Equal("Client", (await ReadAsync(id)).Fields[FieldKeys.Type]);
    }

    [Theory]
    [InlineData("region", FieldKind.Text, "field-key-invalid")]
    [InlineData("custom:", FieldKind.Text, "field-key-invalid")]
    [InlineData("custom:Lines", FieldKind.LineItems, "field-kind-invalid")]
    [InlineData("custom:Region", FieldKind.Number, "field-kind-changed")]
    public async Task DefineField_ThatCannotBe_IsRefused(string key, FieldKind kind, string code)
    {
        await _harness.DefineFieldAsync("acme", Entity.Company, "Region", FieldKind.Text);

        var refused = await _harness.Editor.DefineFieldAsync(Entity.Company, new() { Key = key, Label = "Region", Kind = kind }, None);

        Assert.Equal(code, refused.Refusal?.Code);
    }

    [Fact]
    public async Task Write_LargerThanABatch_Throws() => await Assert.ThrowsAsync<ArgumentException>(
        () => _harness.Crm.WriteAsync(Entity.Company, [.. Enumerable.Repeat(new CrmWrite { Fields = Acme }, 1001)], None));

    private async Task<CrmRecord> ReadAsync(CrmId id) => (await _harness.Crm.ReadAsync(Entity.Company, [id], None))[id];
}
