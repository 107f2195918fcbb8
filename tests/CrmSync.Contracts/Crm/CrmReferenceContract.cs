using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using Xunit;

namespace CrmSync.Contracts.Crm;

/// <summary>Fields that point to other records.</summary>
public abstract class CrmReferenceContract : CrmContract
{
    [Fact]
    public async Task Reference_ToCompany_IsReadBack_AndCleared()
    {
        var company = await CreateAsync(Entity.Company, Least(Entity.Company));
        var contact = await CreateAsync(Entity.Contact, new() { [FieldKeys.FirstName] = "Ann", [FieldKeys.Company] = company.Value });
        Assert.Equal(company.Value, (await ReadAsync(Entity.Contact, contact)).Fields[FieldKeys.Company]);

        await ChangeAsync(Entity.Contact, contact, new() { [FieldKeys.Company] = null });

        Assert.Null((await ReadAsync(Entity.Contact, contact)).Fields[FieldKeys.Company]);
    }

    [Fact]
    public async Task Reference_None_ContactComesInWithoutCompany_CT2() =>
        await CreateAsync(Entity.Contact, new() { [FieldKeys.LastName] = "Smith", [FieldKeys.Company] = null });

    [Fact]
    public async Task Reference_ToMissingRecord_IsRefusedAlone()
    {
        var results = await Crm.WriteAsync(
            Entity.Contact,
            [
                new CrmWrite { Fields = new() { [FieldKeys.FirstName] = "Ann", [FieldKeys.Company] = "C-999999" } },
                new CrmWrite { Fields = new() { [FieldKeys.FirstName] = "Bob" } },
            ],
            None);

        AssertRefused(results[0]);
        Assert.Null(results[1].Error);
    }

    [Fact]
    public async Task Reference_ToAnotherEntity_IsRefused()
    {
        var contact = await CreateAsync(Entity.Contact, Least(Entity.Contact));

        AssertRefused(await WriteAsync(
            Entity.Contact, new CrmWrite { Fields = new() { [FieldKeys.FirstName] = "Ann", [FieldKeys.Company] = contact.Value } }));
    }

    [Fact]
    public async Task Reference_OfActivity_PointsToCompanyContactAndUser_AC3()
    {
        var company = await CreateAsync(Entity.Company, Least(Entity.Company));
        var contact = await CreateAsync(Entity.Contact, Least(Entity.Contact));
        var user = await CreateAsync(Entity.User, Least(Entity.User));
        var fields = new FieldValues
        {
            [FieldKeys.Kind] = "meeting",
            [FieldKeys.Subject] = "Review",
            [FieldKeys.StartAt] = "2026-03-01T09:00:00Z",
            [FieldKeys.EndAt] = "2026-03-01T10:30:00Z",
            [FieldKeys.Company] = company.Value,
            [FieldKeys.Contact] = contact.Value,
            [FieldKeys.User] = user.Value,
        };

        var activity = await ReadAsync(Entity.Activity, await CreateAsync(Entity.Activity, fields));

        Assert.All(fields, field => Assert.Equal(field.Value, activity.Fields[field.Key]));
    }

    [Theory]
    [InlineData("call")]
    [InlineData("email")]
    [InlineData("note")]
    [InlineData("meeting")]
    public async Task Kind_OfActivity_TakesTheFour_SU7(string kind)
    {
        var id = await CreateAsync(Entity.Activity, new() { [FieldKeys.Kind] = kind });

        Assert.Equal(kind, (await ReadAsync(Entity.Activity, id)).Fields[FieldKeys.Kind]);
    }

    [Fact]
    public async Task Kind_OfActivity_TakesNoOther_SU7() =>
        AssertRefused(await WriteAsync(Entity.Activity, new CrmWrite { Fields = new() { [FieldKeys.Kind] = "task" } }));
}
