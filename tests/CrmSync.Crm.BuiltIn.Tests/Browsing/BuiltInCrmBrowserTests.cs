using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Crm.BuiltIn.Tests.Browsing;

public sealed class BuiltInCrmBrowserTests : IAsyncLifetime
{
    private BuiltInHarness _harness = null!;

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync() => _harness = await BuiltInHarness.StartAsync();

    public async Task DisposeAsync() => await _harness.DisposeAsync();

    [Fact]
    public async Task List_ByPages_ShowsEachOnce()
    {
        var ids = await SeedAsync(25);

        var shown = new List<CrmId>();
        string? continuation = null;
        do
        {
            var page = (await _harness.Browser.ListAsync(Entity.Company, new() { Size = 10, Continuation = continuation }, None)).Value!;
            Assert.InRange(page.Records.Count, 1, 10);
            shown.AddRange(page.Records.Select(record => record.Id));
            continuation = page.Continuation;
        }
        while (continuation is not null);

        Assert.Equal(ids, shown);
        Assert.Equal(25, await _harness.Browser.CountAsync(Entity.Company, None));
    }

    [Fact]
    public async Task List_RecordDeletedBetweenPages_ShiftsNoOther()
    {
        var ids = await SeedAsync(4);
        var first = (await _harness.Browser.ListAsync(Entity.Company, new() { Size = 2 }, None)).Value!;

        await _harness.Editor.DeleteAsync(Entity.Company, ids[1], None);

        var second = (await _harness.Browser.ListAsync(Entity.Company, new() { Size = 2, Continuation = first.Continuation }, None)).Value!;
        Assert.Equal(ids[2..], second.Records.Select(record => record.Id));
        Assert.Null(second.Continuation);
    }

    [Theory]
    [InlineData("ZOË")]
    [InlineData("zoe arm")]
    [InlineData("@acme.example")]
    [InlineData("ANN@ACME")]
    public async Task Search_PartOfNameOrEmail_FindsWithoutCaseAndAccents(string text)
    {
        var wanted = await AddAsync(Entity.Contact, new() { [FieldKeys.FirstName] = "Zoë", [FieldKeys.LastName] = "Armstrong", [FieldKeys.Email] = "ann@acme.example" });
        await AddAsync(Entity.Contact, new() { [FieldKeys.FirstName] = "Bob", [FieldKeys.Email] = "bob@other.example" });

        var page = (await _harness.Browser.ListAsync(Entity.Contact, new() { Search = text }, None)).Value!;

        Assert.Equal(wanted, Assert.Single(page.Records).Id);
    }

    [Theory]
    [InlineData("%")]
    [InlineData("nobody")]
    public async Task Search_WithoutMatch_IsEmpty(string text)
    {
        await SeedAsync(3);

        Assert.Empty((await _harness.Browser.ListAsync(Entity.Company, new() { Search = text }, None)).Value!.Records);
    }

    [Fact]
    public async Task List_OfAContactList_ShowsItsMembers()
    {
        var on = await AddAsync(Entity.Contact, new() { [FieldKeys.FirstName] = "Ann" });
        await AddAsync(Entity.Contact, new() { [FieldKeys.FirstName] = "Bob" });
        await _harness.Crm.WriteAsync(Entity.Contact, [new CrmWrite { Id = on, Fields = new(), JoinList = "VIP" }], None);

        Assert.Equal(on, Assert.Single((await _harness.Browser.ListAsync(Entity.Contact, new() { List = "vip" }, None)).Value!.Records).Id);
        Assert.Equal(["VIP"], (await _harness.Browser.FindAsync(Entity.Contact, on, None))!.Lists);
    }

    [Fact]
    public async Task List_OfACompany_ShowsWhatRefersToIt()
    {
        var company = (await SeedAsync(2))[0];
        var contact = await AddAsync(Entity.Contact, new() { [FieldKeys.FirstName] = "Ann", [FieldKeys.Company] = company.Value });
        await AddAsync(Entity.Contact, new() { [FieldKeys.FirstName] = "Bob" });

        var page = (await _harness.Browser.ListAsync(Entity.Contact, new() { Company = company }, None)).Value!;

        Assert.Equal(contact, Assert.Single(page.Records).Id);
    }

    public static TheoryData<CrmPageRequest, string> BadRequests => new()
    {
        { new() { Size = 0 }, "page-size-invalid" },
        { new() { Size = 1001 }, "page-size-invalid" },
        { new() { Continuation = "P-1" }, "continuation-invalid" },
        { new() { Continuation = "" }, "continuation-invalid" },
        { new() { Search = "a", List = "VIP" }, "filters-combined" },
        { new() { List = "No such list" }, "list-missing" },
    };

    [Theory]
    [MemberData(nameof(BadRequests))]
    public async Task List_BadRequest_IsRefusedByName_AX3(CrmPageRequest request, string code) =>
        Assert.Equal(code, (await _harness.Browser.ListAsync(Entity.Company, request, None)).Refusal?.Code);

    [Theory]
    [InlineData("C-9999")]
    [InlineData("C-0001")]
    [InlineData("nobody")]
    public async Task Find_MissingRecord_IsNull(string id) => Assert.Null(await _harness.Browser.FindAsync(Entity.Company, new(id), None));

    private async Task<CrmId[]> SeedAsync(int count) => [.. await _harness.Editor.SeedAsync(
        Enumerable.Range(0, count).Select(i => (Entity.Company, new FieldValues { [FieldKeys.Name] = $"Company {i}" }, _harness.Time.GetUtcNow())), None)];

    private async Task<CrmId> AddAsync(Entity entity, FieldValues fields) => (await _harness.Editor.AddAsync(entity, fields, None)).Id!.Value;
}
