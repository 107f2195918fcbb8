using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Crm.BuiltIn.Tests.Serving;

public sealed class ServedBuiltInCrmTests : IAsyncLifetime
{
    private static readonly BatchName Name = new("batch-1", "content");
    private BuiltInHarness _harness = null!;

    private ServedBuiltInCrm Served => _harness.Factory.ServedFor(new("acme"));

    public async Task InitializeAsync() => _harness = await BuiltInHarness.StartAsync();

    public async Task DisposeAsync() => await _harness.DisposeAsync();

    [Fact]
    public async Task WriteOnce_Again_AnswersTheSameAndWritesNothing_S3()
    {
        var first = await WriteAsync(Name, "Acme", "");
        _harness.Time.Advance(TimeSpan.FromHours(23));

        // Another object stands for another process: nothing is remembered but in the database.
        var again = await WriteAsync(Name, "Acme", "");

        Assert.Equal(CoreJson.Serialize(first.Value), CoreJson.Serialize(again.Value));
        Assert.Equal((true, "value-required"), (again.Value![0].Created, again.Value[1].Error!.Code));
        Assert.Single(await CompaniesAsync());
    }

    [Fact]
    public async Task WriteOnce_SameNameOtherContent_IsRefusedAndWritesNothing()
    {
        await WriteAsync(Name, "Acme");

        var other = await WriteAsync(Name with { Content = "other" }, "Other");

        Assert.Equal((RefusalKind.Conflict, "idempotency-key-reused"), (other.Refusal!.Kind, other.Refusal.Code));
        Assert.Single(await CompaniesAsync());
    }

    [Fact]
    public async Task WriteOnce_OfAnotherTenant_IsAnotherBatch_S9()
    {
        await WriteAsync(Name, "Acme");
        var other = _harness.Factory.ServedFor(new("other"));

        var written = await other.WriteOnceAsync(Name with { Content = "other" }, Entity.Company, [Company("Other")], CancellationToken.None);

        Assert.True(written.Value![0].Created);
    }

    [Fact]
    public async Task WriteOnce_ManyAtOnce_WriteOnce_S3()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => WriteAsync(Name, "Acme"))));

        Assert.Single(results.Select(result => result.Value![0].Id).Distinct());
        Assert.Single(await CompaniesAsync());
    }

    [Fact]
    public async Task WriteOnce_ThatFailedAsAWhole_IsNotRemembered_L5()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => Served.WriteOnceAsync(Name, Entity.Company, [Company("Acme"), null!], CancellationToken.None));

        var written = await WriteAsync(Name, "Acme");

        Assert.True(written.Value![0].Created);
        Assert.Single(await CompaniesAsync());
    }

    [Fact]
    public async Task WriteOnce_AfterItsTime_IsForgottenAsNewOnesCome()
    {
        await WriteAsync(Name, "Acme");
        _harness.Time.Advance(ServedBuiltInCrm.Remembers + TimeSpan.FromMinutes(1));
        await WriteAsync(new("batch-2", "content"), "Other");

        await WriteAsync(Name, "Acme");

        Assert.Equal(3, (await CompaniesAsync()).Count);
    }

    [Fact]
    public async Task InviteOnce_Again_AnswersTheSame_SU4()
    {
        UserInvitation[] ann = [new("ann@example.org", "Ann", "Manager", "cw:acme:user:1")];

        var first = await Served.InviteOnceAsync(Name, ann, CancellationToken.None);
        var again = await Served.InviteOnceAsync(Name, ann, CancellationToken.None);

        Assert.Equal((true, true), (first.Value![0].Created, again.Value![0].Created));
        Assert.Equal(1, await _harness.InvitationsOfAsync("acme", "ann@example.org"));
    }

    [Fact]
    public async Task ReadPage_RecordsComeAndGo_ShowsEachOfTheOthersOnce_C1()
    {
        await WriteAsync(Name, [.. Enumerable.Range(0, 5).Select(i => $"Company {i}")]);
        var first = (await Served.ReadPageAsync(Entity.Company, null, 2, CancellationToken.None)).Value!;
        await _harness.Editor.DeleteAsync(Entity.Company, first.Records[1].Id, CancellationToken.None);
        await WriteAsync(new("batch-2", "content"), "Late");

        var second = (await Served.ReadPageAsync(Entity.Company, first.Next, 2, CancellationToken.None)).Value!;
        var third = (await Served.ReadPageAsync(Entity.Company, second.Next, 2, CancellationToken.None)).Value!;

        Assert.Equal(
            ["Company 0", "Company 1", "Company 2", "Company 3", "Company 4", "Late"],
            new[] { first, second, third }.SelectMany(page => page.Records).Select(record => record.Fields[FieldKeys.Name]));
        Assert.Null(third.Next);
    }

    [Theory]
    [InlineData("P-1001")]
    [InlineData("nothing")]
    [InlineData("")]
    public async Task ReadPage_PlaceThatNoPageGave_IsRefused(string place) =>
        Assert.Equal("continuation-invalid", (await Served.ReadPageAsync(Entity.Company, place, 2, CancellationToken.None)).Refusal!.Code);

    private static CrmWrite Company(string name) => new() { Fields = new FieldValues { [FieldKeys.Name] = name } };

    private Task<Result<IReadOnlyList<CrmWriteResult>>> WriteAsync(BatchName batch, params string[] names) =>
        Served.WriteOnceAsync(batch, Entity.Company, [.. names.Select(Company)], CancellationToken.None);

    private async Task<List<CrmRecord>> CompaniesAsync() => await _harness.Crm.ReadAllAsync(Entity.Company, CancellationToken.None).ToListAsync();
}
