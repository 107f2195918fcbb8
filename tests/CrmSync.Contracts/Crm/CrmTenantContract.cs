using CrmSync.Core.Matching;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using Xunit;

namespace CrmSync.Contracts.Crm;

/// <summary>Two tenants of one installation (AX-1, S9).</summary>
public abstract class CrmTenantContract : CrmContract
{
    [Fact]
    public async Task Records_OfOneTenant_AreNotSeenByAnother_AX1()
    {
        var id = await CreateAsync(Entity.Company, Least(Entity.Company), "cw:acme:1");
        var other = Harness.Open("other");

        Assert.Empty(await ReadAllAsync(Entity.Company, other));
        Assert.Empty(await other.ReadAsync(Entity.Company, [id], None));
        Assert.Empty(await other.FindCandidatesAsync(Entity.Company, [new(MatchKind.Name, "acme"), new(MatchKind.ExternalKey, "cw:acme:1")], None));
    }

    [Fact]
    public async Task Records_OfOneTenant_AreNotChangedOrReferredToByAnother_AX1()
    {
        var id = await CreateAsync(Entity.Company, Least(Entity.Company));
        var other = Harness.Open("other");

        var change = await other.WriteAsync(Entity.Company, [new CrmWrite { Id = id, Fields = new() { [FieldKeys.Name] = "Taken" } }], None);
        var reference = await other.WriteAsync(
            Entity.Contact, [new CrmWrite { Fields = new() { [FieldKeys.FirstName] = "Ann", [FieldKeys.Company] = id.Value } }], None);

        AssertRefused(change[0]);
        AssertRefused(reference[0]);
        Assert.Equal("Acme", (await ReadAsync(Entity.Company, id)).Fields[FieldKeys.Name]);
    }

    [Fact]
    public async Task ExternalKey_OfOneTenant_IsFreeForAnother_S9()
    {
        await CreateAsync(Entity.Company, Least(Entity.Company), "cw:acme:1");
        var other = Harness.Open("other");

        var result = Assert.Single(await other.WriteAsync(Entity.Company, [new CrmWrite { ExternalKey = "cw:acme:1", Fields = Least(Entity.Company) }], None));

        Assert.True(result.Created);
    }

    [Fact]
    public async Task ListsAndFields_OfOneTenant_AreNotSeenByAnother_AX1()
    {
        var other = Harness.Open("other");
        var key = await Harness.DefineFieldAsync(Tenant, Entity.Company, "Region", FieldKind.Text);
        if (Crm.Capabilities.Lists)
        {
            await CreateAsync(Entity.Contact, Least(Entity.Contact), list: "Imported clients");
        }

        Assert.DoesNotContain("Imported clients", (await other.ReadChoicesAsync(None)).Lists);
        Assert.DoesNotContain(await other.DescribeFieldsAsync(Entity.Company, None), field => field.Key == key);
    }
}
