using CrmSync.Core.Records;
using Xunit;

namespace CrmSync.Contracts.Employees;

/// <summary>Changing employees: what was written, and nothing else.</summary>
public abstract class DirectoryChangeContract : DirectoryContract
{
    [Fact]
    public async Task Change_OneField_LeavesTheOthers_ME5()
    {
        var fields = Employee();
        var id = await CreateAsync(fields);

        var result = await ChangeAsync(id, new() { [FieldKeys.Position] = "Team lead" });

        Assert.Null(result.Error);
        Assert.Equal((id, false, "Team lead", 1), (result.Id, result.Created, result.Stored![FieldKeys.Position], result.Stored.Count));
        fields[FieldKeys.Position] = "Team lead";
        AssertHolds(fields, (await ReadAsync(id)).Fields);
    }

    [Fact]
    public async Task Change_EveryField_IsReadBack_EM1()
    {
        var id = await CreateAsync(Employee());
        var fields = Employee();
        foreach (var (key, value) in new FieldValues
        {
            [FieldKeys.FirstName] = "Joan",
            [FieldKeys.LastName] = "Dough",
            [FieldKeys.Location] = "Berlin",
            [FieldKeys.LocationId] = "3",
            [FieldKeys.Team] = "Projects",
            [FieldKeys.TeamId] = "8",
            [FieldKeys.Position] = "Architect",
            [FieldKeys.PositionId] = "12",
            [FieldKeys.HireDate] = "2025-01-01",
            [FieldKeys.EmployeeIds] = Able.OneEmployeeId ? "Joan" : $"Joan\n{Jane}",
            [FieldKeys.Active] = "false",
        })
        {
            if (fields.Has(key))
            {
                fields[key] = value;
            }
        }

        var result = await ChangeAsync(id, fields);

        Assert.Null(result.Error);
        AssertHolds(fields, result.Stored!);
        AssertHolds(fields, (await ReadAsync(id)).Fields);
    }

    [Fact]
    public async Task Change_ToBlank_TakesTheValueAway()
    {
        var id = await CreateAsync(Employee());
        var blank = new FieldValues { [FieldKeys.Position] = null };
        foreach (var key in new[] { FieldKeys.Team, FieldKeys.HireDate }.Where(Able.Fields.Contains))
        {
            blank[key] = null;
        }

        var result = await ChangeAsync(id, blank);

        Assert.Null(result.Error);
        AssertHolds(blank, result.Stored!);
        AssertHolds(blank, (await ReadAsync(id)).Fields);
        Assert.Null((await ChangeAsync(id, blank)).Error);
    }

    [Fact]
    public async Task Change_ToWhatIsThere_ChangesNothing_ME6()
    {
        var id = await CreateAsync(Employee());
        var before = await ReadAsync(id);
        await Harness.PassTimeAsync();

        var result = await ChangeAsync(id, Employee(), "cw:acme:user:1");

        AssertHolds(Employee(), result.Stored!);
        Assert.Equal(before.UpdatedAt, (await ReadAsync(id)).UpdatedAt);
    }

    [Fact]
    public async Task Change_BySomebody_ShowsInTheTimeOfTheLastChange()
    {
        var id = await CreateAsync(Employee());
        var before = await ReadAsync(id);
        await Harness.PassTimeAsync();

        await Harness.EditPositionAsync(id, "Team lead");

        var after = await ReadAsync(id);
        Assert.Equal("Team lead", after.Fields[FieldKeys.Position]);
        Assert.True(before.UpdatedAt is null || after.UpdatedAt > before.UpdatedAt);
    }

    [Fact]
    public async Task Change_ActiveBothWays_Follows_EM9()
    {
        var id = await CreateAsync(Employee());

        foreach (var active in (string[])["false", "true", "false"])
        {
            Assert.Equal(active, (await ChangeAsync(id, new() { [FieldKeys.Active] = active })).Stored![FieldKeys.Active]);
            Assert.Equal(active, (await ReadAsync(id)).Fields[FieldKeys.Active]);
        }
    }

    [Fact]
    public async Task Change_Address_KeepsTheEmployee_EM5()
    {
        var id = await CreateAsync(Employee());

        var result = await ChangeAsync(id, new() { [FieldKeys.Email] = "jane.smith@example.org" });

        Assert.Equal("jane.smith@example.org", result.Stored![FieldKeys.Email]);
        var record = Assert.Single(await ReadAllAsync());
        Assert.Equal((id, "jane.smith@example.org"), (record.Id, record.Fields[FieldKeys.Email]));
        Assert.Equal(id, Assert.Single(await Directory.FindCandidatesAsync(new("cw:none", "jane.smith@example.org", []), None)).Id);
    }

    [Fact]
    public async Task Change_AddressOfAnotherEmployee_IsRefused()
    {
        await Harness.AddAsync("John", "Doe", "john@example.org");
        var id = await CreateAsync(Employee());

        AssertRefused(await ChangeAsync(id, new() { [FieldKeys.Email] = "john@example.org" }));

        Assert.Equal(Jane, (await ReadAsync(id)).Fields[FieldKeys.Email]);
    }

    [Fact]
    public async Task Change_FirstLink_GivesTheExternalKey_S3()
    {
        var id = await Harness.AddAsync("Jane", "Doe", Jane, "JDoe");

        var result = await ChangeAsync(id, new() { [FieldKeys.Position] = "Engineer" }, "cw:acme:user:1");

        Assert.Null(result.Error);
        Assert.Equal("cw:acme:user:1", (await ReadAsync(id)).ExternalKey);
        Assert.Equal((id, false), (await TryCreateAsync(Employee(), "cw:acme:user:1") is var again ? again.Id : null, again.Created));
    }

    [Fact]
    public async Task Change_ExternalKeyOfAnother_IsRefused_S4()
    {
        await CreateAsync(Employee());
        var other = await Harness.AddAsync("John", "Doe", "john@example.org");

        AssertRefused(await ChangeAsync(other, new() { [FieldKeys.Position] = "Engineer" }, "cw:acme:user:1"));

        var record = await ReadAsync(other);
        Assert.Null(record.ExternalKey);
        Assert.Null(record.Fields[FieldKeys.Position]);
    }

    [Fact]
    public async Task Change_EmployeeThatHasGone_IsRefused()
    {
        var id = await CreateAsync(Employee());
        await Harness.DeleteAsync(id);

        AssertRefused(await ChangeAsync(id, new() { [FieldKeys.Position] = "Engineer" }));
    }

    [Fact]
    public async Task Change_EmployeeOfSomebody_KeepsWhatTheyWrote_ME5()
    {
        var id = await Harness.AddAsync("Jane", "Doe", Jane, "Jane Doe/1");

        await ChangeAsync(id, new() { [FieldKeys.Position] = "Engineer" });

        var record = await ReadAsync(id);
        Assert.Equal(("Jane", "Doe", Jane), (record.Fields[FieldKeys.FirstName], record.Fields[FieldKeys.LastName], record.Fields[FieldKeys.Email]));
    }
}
