using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using Xunit;

namespace CrmSync.Contracts.Employees;

/// <summary>Reading all employees, one, and those who may be meant (C1, EM-5).</summary>
public abstract class DirectoryReadContract : DirectoryContract
{
    /// <summary>More than one page of them.</summary>
    protected virtual int Many => 230;

    [Fact]
    public async Task ReadAll_Empty_ShowsNobody() => Assert.Empty(await ReadAllAsync());

    [Fact]
    public async Task ReadAll_MoreThanOnePage_ShowsEachOnce_C1()
    {
        var ids = await FillAsync(Many);

        var records = await ReadAllAsync();

        Assert.Equal(Many, records.Count);
        Assert.Equal(ids.ToHashSet(), records.Select(record => record.Id).ToHashSet());
    }

    [Fact]
    public async Task ReadAll_OthersComeAndGoMeanwhile_ShowsWhoStaysOnce_C1()
    {
        var ids = await FillAsync(Many);
        var gone = ids.Where((_, i) => i % 60 == 5).ToHashSet();
        var (read, seen) = (0, new List<CrmId>());

        await foreach (var record in Directory.ReadAllAsync(None))
        {
            seen.Add(record.Id);
            if (++read == 3)
            {
                foreach (var id in gone)
                {
                    await Harness.DeleteAsync(id);
                }

                await Harness.AddAsync("New", "Comer", "new.comer@example.org");
            }
        }

        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Empty(ids.Except(gone).Except(seen));
    }

    [Fact]
    public async Task Find_NobodyThere_AnswersNothing()
    {
        var id = await Harness.AddAsync("Jane", "Doe", Jane);
        await Harness.DeleteAsync(id);

        Assert.Null(await Directory.FindAsync(id, None));
        Assert.Null(await Directory.FindAsync(new CrmId("no/such id?"), None));
    }

    [Fact]
    public async Task Find_EmployeeOfSomebody_ShowsThemWithoutAKey()
    {
        var id = await Harness.AddAsync("Jane", "Doe", Jane, "JDoe");

        var record = await ReadAsync(id);

        Assert.Equal((id, null, "Jane", Jane), (record.Id, record.ExternalKey, record.Fields[FieldKeys.FirstName], record.Fields[FieldKeys.Email]));
    }

    [Theory]
    [InlineData("cw:acme:user:1", null, null)]
    [InlineData("cw:none", Jane, null)]
    [InlineData("cw:none", null, "JDoe")]
    [InlineData("cw:none", "nobody@example.org", "JDoe")]
    [InlineData("cw:acme:user:1", "nobody@example.org", "nobody")]
    public async Task Candidates_ByAnyKey_AreFound_EM5(string externalKey, string? email, string? employeeId)
    {
        var id = await CreateAsync(Employee());
        await CreateAsync(Employee("john@example.org", "JSmith"), "cw:acme:user:2");
        var found = await Directory.FindCandidatesAsync(new(externalKey, email, employeeId is null ? [] : [employeeId]), None);

        Assert.Contains(found, record => record.Id == id);
        Assert.Equal(found.Count, found.DistinctBy(record => record.Id).Count());
    }

    [Fact]
    public async Task Candidates_SeveralMeant_AreAllShown_EM5()
    {
        var first = await CreateAsync(Employee());
        var second = await Harness.AddAsync("John", "Doe", "john@example.org");

        var found = await Directory.FindCandidatesAsync(new("cw:acme:user:1", "john@example.org", []), None);

        Assert.Equal(new[] { first, second }.Order(), found.Select(record => record.Id).Order());
    }

    [Fact]
    public async Task Candidates_SomebodyCameAMomentAgo_AreFound_EM5()
    {
        Assert.Empty(await Directory.FindCandidatesAsync(new("cw:none", "late@example.org", ["Late"]), None));
        await Harness.AddAsync("Jane", "Doe", Jane);
        await ReadAllAsync();

        var id = await Harness.AddAsync("Late", "Comer", "late@example.org");

        Assert.Contains(await Directory.FindCandidatesAsync(new("cw:none", "late@example.org", ["Late"]), None), record => record.Id == id);
    }

    [Fact]
    public async Task Candidates_NobodyMeant_AreNone()
    {
        await CreateAsync(Employee());

        Assert.Empty(await Directory.FindCandidatesAsync(new("cw:none", "nobody@example.org", ["nobody", "no\"body\\"]), None));
    }

    [Fact]
    public async Task EmployeeIds_CaseSpacesAndSigns_AreShownAsTheyAre_EM5()
    {
        var id = await CreateAsync(Employee(employeeId: "J.  Doe-É/1"));

        if (Able.Fields.Contains(FieldKeys.EmployeeIds))
        {
            Assert.Contains("J.  Doe-É/1", Canonical.Lines((await ReadAsync(id)).Fields[FieldKeys.EmployeeIds]));
        }
    }

    private async Task<List<CrmId>> FillAsync(int count)
    {
        var ids = new List<CrmId>();
        foreach (var batch in Enumerable.Range(0, count).Chunk(Able.BatchSize))
        {
            var results = await Directory.WriteAsync(
                [.. batch.Select(i => new CrmWrite { ExternalKey = $"cw:acme:user:{i}", Fields = Employee($"user{i}@example.org", $"U{i}") })], None);
            Assert.All(results, result => Assert.Null(result.Error));
            ids.AddRange(results.Select(result => result.Id!.Value));
        }

        return ids;
    }
}
