using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using Xunit;

namespace CrmSync.Contracts.Crm;

/// <summary>Changing records: the given fields and no others.</summary>
public abstract class CrmUpdateContract : CrmContract
{
    private static FieldValues Acme => new()
    {
        [FieldKeys.Name] = "Acme",
        [FieldKeys.City] = "Tampa",
        [FieldKeys.Phone] = "(813) 555-0100",
        [FieldKeys.Description] = "First line\nSecond line",
    };

    [Fact]
    public async Task Change_OneField_LeavesTheOthers_ME5()
    {
        var id = await CreateAsync(Entity.Company, Acme);
        var before = await ReadAsync(Entity.Company, id);

        var result = await ChangeAsync(Entity.Company, id, new() { [FieldKeys.City] = "Miami" });

        Assert.Null(result.Error);
        Assert.False(result.Created);
        Assert.Equal(id, result.Id);
        Assert.Equal("Miami", result.Stored?[FieldKeys.City]);
        var after = await ReadAsync(Entity.Company, id);
        foreach (var (key, value) in before.Fields.Where(field => field.Key != FieldKeys.City))
        {
            Assert.Equal(value, after.Fields[key]);
        }

        Assert.Equal("Miami", after.Fields[FieldKeys.City]);
    }

    [Fact]
    public async Task Change_Null_ClearsTheField_ME4()
    {
        var id = await CreateAsync(Entity.Company, Acme);

        var result = await ChangeAsync(Entity.Company, id, new() { [FieldKeys.City] = null });

        Assert.True(result.Stored?.Has(FieldKeys.City));
        Assert.Null(result.Stored?[FieldKeys.City]);
        Assert.Null((await ReadAsync(Entity.Company, id)).Fields[FieldKeys.City]);
    }

    [Fact]
    public async Task Change_NullForRequiredField_IsRefused()
    {
        var id = await CreateAsync(Entity.Company, Acme);

        AssertRefused(await ChangeAsync(Entity.Company, id, new() { [FieldKeys.Name] = null }));

        Assert.Equal("Acme", (await ReadAsync(Entity.Company, id)).Fields[FieldKeys.Name]);
    }

    [Fact]
    public async Task Change_ToWhatIsThere_LeavesTheTimeOfTheLastChange_ME6()
    {
        var id = await CreateAsync(Entity.Company, Acme);
        var before = await ReadAsync(Entity.Company, id);
        await Harness.PassTimeAsync();

        var result = await ChangeAsync(Entity.Company, id, Acme);

        Assert.Null(result.Error);
        Assert.Equal(before.UpdatedAt, (await ReadAsync(Entity.Company, id)).UpdatedAt);
    }

    [Fact]
    public async Task Change_ToAnotherValue_MovesTheTimeOfTheLastChange_ME1()
    {
        var id = await CreateAsync(Entity.Company, Acme);
        var before = await ReadAsync(Entity.Company, id);
        await Harness.PassTimeAsync();

        await ChangeAsync(Entity.Company, id, new() { [FieldKeys.City] = "Miami" });

        Assert.True((await ReadAsync(Entity.Company, id)).UpdatedAt > before.UpdatedAt);
    }

    [Fact]
    public async Task Change_StoredAnswer_IsWhatIsReadBack_ME3()
    {
        var id = await CreateAsync(Entity.Company, Acme);
        var sent = new FieldValues
        {
            [FieldKeys.Name] = "  Acme   Holding ",
            [FieldKeys.Phone] = " +1 (813) 555-0100 x12",
            [FieldKeys.Website] = "HTTPS://Acme.example.org/a",
            [FieldKeys.AnnualRevenue] = "12.50",
            [FieldKeys.Description] = "One\r\nTwo  ",
        };

        var result = await ChangeAsync(Entity.Company, id, sent);

        Assert.Null(result.Error);
        var after = await ReadAsync(Entity.Company, id);
        Assert.Equal(sent.Select(field => field.Key), result.Stored!.Select(field => field.Key));
        Assert.All(result.Stored!, field => Assert.Equal(field.Value, after.Fields[field.Key]));
        Assert.Equal("12.5", after.Fields[FieldKeys.AnnualRevenue]);
    }

    [Fact]
    public async Task Change_MissingRecord_IsRefused() =>
        AssertRefused(await ChangeAsync(Entity.Company, new CrmId("C-999999"), new() { [FieldKeys.Name] = "Acme" }));

    [Fact]
    public async Task Change_GivesExternalKey_RecordIsFoundByIt()
    {
        if (!Crm.Capabilities.UniqueExternalKey)
        {
            return;
        }

        var id = await CreateAsync(Entity.Company, Acme);

        await WriteAsync(Entity.Company, new CrmWrite { Id = id, ExternalKey = "cw:acme:1", Fields = new() });

        Assert.Equal("cw:acme:1", (await ReadAsync(Entity.Company, id)).ExternalKey);
        var again = await WriteAsync(Entity.Company, new CrmWrite { ExternalKey = "cw:acme:1", Fields = Acme });
        Assert.Equal(id, again.Id);
        Assert.False(again.Created);
    }

    [Fact]
    public async Task Change_ExternalKeyOfAnotherRecord_IsRefused_CO5()
    {
        if (!Crm.Capabilities.UniqueExternalKey)
        {
            return;
        }

        await CreateAsync(Entity.Company, Acme, "cw:acme:1");
        var other = await CreateAsync(Entity.Company, Acme);

        AssertRefused(await WriteAsync(Entity.Company, new CrmWrite { Id = other, ExternalKey = "cw:acme:1", Fields = new() }));

        Assert.Null((await ReadAsync(Entity.Company, other)).ExternalKey);
    }

    [Fact]
    public async Task Change_WithoutExternalKey_KeepsIt()
    {
        if (!Crm.Capabilities.UniqueExternalKey)
        {
            return;
        }

        var id = await CreateAsync(Entity.Company, Acme, "cw:acme:1");

        await ChangeAsync(Entity.Company, id, new() { [FieldKeys.City] = "Miami" });

        Assert.Equal("cw:acme:1", (await ReadAsync(Entity.Company, id)).ExternalKey);
    }
}
