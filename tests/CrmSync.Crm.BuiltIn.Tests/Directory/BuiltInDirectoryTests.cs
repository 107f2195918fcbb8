using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Crm.BuiltIn.Tests.Employees;

/// <summary>What people do with the built-in directory: look, search, change; and what it refuses.</summary>
public sealed class BuiltInDirectoryTests : IAsyncLifetime
{
    private BuiltInDirectoryHarness _harness = null!;

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync() => _harness = await BuiltInDirectoryHarness.StartAsync();

    public async Task DisposeAsync() => await _harness.DisposeAsync();

    [Fact]
    public async Task Seed_EmployeesOfLongAgo_AreThereWithTheirTimesAndWithoutKeys()
    {
        var at = new DateTimeOffset(2020, 1, 2, 3, 4, 5, TimeSpan.Zero);

        var ids = await _harness.Editor.SeedAsync(Enumerable.Range(0, 1_200).Select(i => (Employee(i), at)), None);

        Assert.Equal(1_200, await _harness.Browser.CountAsync(None));
        var detail = await _harness.Browser.FindAsync(ids[7], None);
        var employee = detail!.Employee;
        Assert.Equal((at, null, "Doe 7", null), (employee.UpdatedAt, employee.ExternalKey, employee.Fields[FieldKeys.LastName], detail.PictureHash));
    }

    [Fact]
    public async Task List_ByPage_ShowsEachOnceThoughSomeGo()
    {
        var ids = await _harness.Editor.SeedAsync(Enumerable.Range(0, 25).Select(i => (Employee(i), DateTimeOffset.UnixEpoch)), None);
        var seen = new List<CrmId>();
        string? continuation = null;
        do
        {
            var page = (await _harness.Browser.ListAsync(new EmployeePageRequest { Size = 10, Continuation = continuation }, None)).Value!;
            seen.AddRange(page.Employees.Select(employee => employee.Id));
            await _harness.Editor.DeleteAsync(ids[0], None);
            continuation = page.Continuation;
        }
        while (continuation is not null);

        Assert.Equal(ids, seen);
    }

    [Theory]
    [InlineData("DOE 1", null, 11)]
    [InlineData("user3@", null, 1)]
    [InlineData("u-20", null, 1)]
    [InlineData("jane doe 2", true, 2)]
    [InlineData(null, false, 10)]
    [InlineData("nobody", null, 0)]
    public async Task List_Searched_FindsNamesAddressesAndIds(string? search, bool? active, int found)
    {
        await _harness.Editor.SeedAsync(Enumerable.Range(0, 20).Append(20).Select(i => (Employee(i), DateTimeOffset.UnixEpoch)), None);

        var page = await _harness.Browser.ListAsync(new EmployeePageRequest { Search = search, Active = active }, None);

        Assert.Equal(found, page.Value!.Employees.Count);
    }

    [Fact]
    public async Task List_WrongRequests_AreRefused()
    {
        Assert.Equal("page-size-invalid", (await _harness.Browser.ListAsync(new EmployeePageRequest { Size = 0 }, None)).Refusal!.Code);
        Assert.Equal("continuation-invalid", (await _harness.Browser.ListAsync(new EmployeePageRequest { Continuation = "x" }, None)).Refusal!.Code);
    }

    [Fact]
    public async Task Profiles_InactiveOnes_AreNotOfferedAndNotGiven_EM6()
    {
        var directory = _harness.Open();
        await _harness.Editor.ReplaceProfilesAsync([new("Technician"), new("Retired", Active: false)], None);

        Assert.Equal(["Technician"], await directory.ReadProfilesAsync(None));
        Assert.Equal(2, (await _harness.Browser.ProfilesAsync(None)).Count);
        Assert.Equal("choice-unknown", (await WriteAsync("Retired")).Error!.Code);
        Assert.Equal("Technician", (await WriteAsync("technician")).Stored![FieldKeys.Profile]);

        async Task<CrmWriteResult> WriteAsync(string profile)
        {
            var fields = Employee(1);
            fields[FieldKeys.Profile] = profile;
            return (await directory.WriteAsync([new CrmWrite { Fields = fields }], None))[0];
        }
    }

    [Fact]
    public async Task Profile_ThatHasGone_StaysWithWhoHasIt_EM6()
    {
        var fields = Employee(1);
        fields[FieldKeys.Profile] = "Manager";
        var id = (await _harness.Editor.AddAsync(fields, None)).Id!.Value;
        await _harness.Editor.ReplaceProfilesAsync([new("Technician")], None);

        Assert.Null((await _harness.Editor.EditAsync(id, fields, None)).Error);
    }

    [Fact]
    public async Task Picture_Given_IsReadAsItWas_EM10()
    {
        var id = (await _harness.Editor.AddAsync(Employee(1), None)).Id!.Value;
        var picture = new Picture("ab", "image/png", new byte[] { 1, 2, 3 });

        await _harness.Open().WritePictureAsync(id, new PublishedPicture(picture, null), None);

        var read = await _harness.Browser.PictureAsync(id, None);
        Assert.Equal(("ab", "image/png"), (read!.Hash, read.ContentType));
        Assert.Equal(picture.Content.ToArray(), read.Content.ToArray());
        Assert.Equal("ab", (await _harness.Browser.FindAsync(id, None))!.PictureHash);
    }

    [Theory]
    [InlineData(FieldKeys.HireDate, "01/02/2024", "value-invalid")]
    [InlineData(FieldKeys.Email, "nobody", "value-invalid")]
    [InlineData(FieldKeys.Email, null, "value-required")]
    [InlineData("custom:x", "y", "field-unknown")]
    public async Task Write_WhatCannotBe_IsRefusedByItsCode(string key, string? value, string code)
    {
        var fields = Employee(1);
        fields[key] = value;

        Assert.Equal(code, (await _harness.Editor.AddAsync(fields, None)).Error!.Code);
        Assert.Equal(0, await _harness.Browser.CountAsync(None));
    }

    [Fact]
    public async Task Tenants_SameKeysAndAddresses_AreApart_S9()
    {
        var other = _harness.Factory.For(new("other"));
        var write = new CrmWrite { ExternalKey = "cw:1", Fields = Employee(1) };

        await _harness.Open().WriteAsync([write], None);
        var result = (await other.WriteAsync([write], None))[0];

        Assert.True(result is { Created: true, Error: null });
        Assert.Equal(1, await _harness.Factory.BrowserFor(new("other")).CountAsync(None));
    }

    private static FieldValues Employee(int i) => new()
    {
        [FieldKeys.FirstName] = "Jane",
        [FieldKeys.LastName] = $"Doe {i}",
        [FieldKeys.Email] = $"user{i}@example.org",
        [FieldKeys.EmployeeIds] = $"U-{i}",
        [FieldKeys.Active] = i % 2 == 0 ? "true" : "false",
    };
}
