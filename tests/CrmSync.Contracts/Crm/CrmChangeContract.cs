using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Setup;
using Xunit;

namespace CrmSync.Contracts.Crm;

/// <summary>The change feed, one promise at a time.</summary>
public abstract class CrmChangeContract : CrmContract
{
    private const int Plenty = 100;

    public static TheoryData<Entity> Entities => [.. Stages.InCrm];

    [Theory]
    [MemberData(nameof(Entities))]
    public async Task Changes_OfEachEntity_AreItsOwn(Entity entity)
    {
        var places = new Dictionary<Entity, string>();
        foreach (var other in Stages.InCrm)
        {
            places[other] = await PlaceAsync(other);
        }

        var id = await CreateAsync(entity, Least(entity));

        foreach (var other in Stages.InCrm)
        {
            var page = await ChangesAsync(other, places[other]);
            Assert.True(page.CaughtUp);
            Assert.Equal(other == entity ? [id] : [], page.Changes.Select(change => change.Id));
        }
    }

    [Fact]
    public async Task Changes_SinceAPlace_AreThoseAfterIt_InTheirOrder()
    {
        var before = await CreateAsync(Entity.Company, Least(Entity.Company, "Before"));
        var place = await PlaceAsync(Entity.Company);

        var created = await CreateAsync(Entity.Company, Least(Entity.Company, "Created"));
        await ChangeAsync(Entity.Company, before, new() { [FieldKeys.Name] = "Changed" });

        var page = await ChangesAsync(Entity.Company, place);
        Assert.True(page.CaughtUp);
        Assert.Equal([(created, "Created"), (before, "Changed")], page.Changes.Select(change => (change.Id, change.Record!.Fields[FieldKeys.Name]!)));
    }

    [Fact]
    public async Task Changes_ShowTheWholeRecord()
    {
        var place = await PlaceAsync(Entity.Contact);
        var id = await CreateAsync(Entity.Contact, new() { [FieldKeys.FirstName] = "Ann", [FieldKeys.Email] = "ann@example.org" }, "cw:acme:contact:1");

        var shown = Assert.Single((await ChangesAsync(Entity.Contact, place)).Changes).Record!;

        var read = await ReadAsync(Entity.Contact, id);
        Assert.Equal((read.Id, read.ExternalKey, read.UpdatedAt), (shown.Id, shown.ExternalKey, shown.UpdatedAt));
        Assert.Equal(read.Fields, shown.Fields);
    }

    [Fact]
    public async Task Changes_PageByPage_AreAllThere_EqualTimes_F32()
    {
        var place = await PlaceAsync(Entity.Company);
        var writes = Enumerable.Range(0, Crm.Capabilities.BatchSize).Take(7).Select(i => new CrmWrite { Fields = Least(Entity.Company, $"Company {i}") });
        var results = await Crm.WriteAsync(Entity.Company, [.. writes], None);

        var seen = new List<CrmId>();
        CrmChangePage page;
        do
        {
            page = await ChangesAsync(Entity.Company, place, 2);
            Assert.InRange(page.Changes.Count, 0, 2);
            seen.AddRange(page.Changes.Select(change => change.Id));
            place = page.Cursor;
        }
        while (!page.CaughtUp);

        Assert.Equal(results.Select(result => result.Id!.Value).Order(), seen.Order());
    }

    [Fact]
    public async Task Changes_RecordChangedWhileOneReads_ComesAgainAsItIsThen()
    {
        var place = await PlaceAsync(Entity.Company);
        var first = await CreateAsync(Entity.Company, Least(Entity.Company, "First"));
        var second = await CreateAsync(Entity.Company, Least(Entity.Company, "Second"));
        var page = await ChangesAsync(Entity.Company, place, 1);

        await ChangeAsync(Entity.Company, first, new() { [FieldKeys.Name] = "First again" });
        await ChangeAsync(Entity.Company, second, new() { [FieldKeys.Name] = "Second again" });

        Assert.Equal(first, Assert.Single(page.Changes).Id);
        Assert.False(page.CaughtUp);
        var rest = await ChangesAsync(Entity.Company, page.Cursor);
        Assert.Equal(
            [(second, "Second again"), (first, "First again")], rest.Changes.Select(change => (change.Id, change.Record!.Fields[FieldKeys.Name]!)));
    }

    [Fact]
    public async Task Changes_WhenNothingHappens_AreNone_L2()
    {
        var id = await CreateAsync(Entity.Company, Least(Entity.Company));
        var place = await PlaceAsync(Entity.Company);

        await Harness.PassTimeAsync();
        await ReadAsync(Entity.Company, id);

        var page = await ChangesAsync(Entity.Company, place);
        Assert.Empty(page.Changes);
        Assert.True(page.CaughtUp);
    }

    [Fact]
    public async Task Changes_OfAnExternalKey_AreShown()
    {
        var id = await CreateAsync(Entity.Company, Least(Entity.Company));
        var place = await PlaceAsync(Entity.Company);

        await WriteAsync(Entity.Company, new CrmWrite { Id = id, ExternalKey = "cw:acme:company:1", Fields = new() });

        Assert.Equal("cw:acme:company:1", Assert.Single((await ChangesAsync(Entity.Company, place)).Changes).Record!.ExternalKey);
    }

    [Fact]
    public async Task Changes_OfADeletedRecord_SayThatItIsGone_AndWhoReferredToItHasChanged()
    {
        var company = await CreateAsync(Entity.Company, Least(Entity.Company));
        var contact = await CreateAsync(Entity.Contact, new() { [FieldKeys.FirstName] = "Ann", [FieldKeys.Company] = company.Value });
        var (companies, contacts) = (await PlaceAsync(Entity.Company), await PlaceAsync(Entity.Contact));

        await Harness.DeleteAsync(Tenant, Entity.Company, company);

        Assert.Equal(new CrmChange(company), Assert.Single((await ChangesAsync(Entity.Company, companies)).Changes));
        var changed = Assert.Single((await ChangesAsync(Entity.Contact, contacts)).Changes);
        Assert.Equal(contact, changed.Id);
        Assert.Null(changed.Record!.Fields[FieldKeys.Company]);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("17")]
    [InlineData("999.0123456789abcdef.1001")]
    [InlineData("no place & no end?")]
    public async Task Changes_SinceAPlaceThatWasNeverGiven_AreRefused(string place)
    {
        var page = await Crm.ReadChangesAsync(Entity.Company, place, Plenty, None);

        Assert.Equal(ChangeFeed.CursorUnknown, page.Refusal);
    }

    [Fact]
    public async Task Changes_OfAnotherTenant_AreNotSeen_S9()
    {
        var other = Harness.Open("other");
        var place = (await other.ReadChangesAsync(Entity.Company, null, Plenty, None)).Value!.Cursor;

        await CreateAsync(Entity.Company, Least(Entity.Company));

        Assert.Empty((await other.ReadChangesAsync(Entity.Company, place, Plenty, None)).Value!.Changes);
    }

    private async Task<string> PlaceAsync(Entity entity)
    {
        var page = (await Crm.ReadChangesAsync(entity, null, Plenty, None)).Value!;
        Assert.Empty(page.Changes);
        Assert.True(page.CaughtUp);
        return page.Cursor;
    }

    private async Task<CrmChangePage> ChangesAsync(Entity entity, string place, int limit = Plenty) =>
        (await Crm.ReadChangesAsync(entity, place, limit, None)).Value!;
}
