using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using Xunit;

namespace CrmSync.Contracts.Crm;

/// <summary>Lists of contacts (CT-1, CT-4).</summary>
public abstract class CrmListContract : CrmContract
{
    [Fact]
    public async Task Join_MissingList_IsCreated_CT1()
    {
        if (!Crm.Capabilities.Lists)
        {
            return;
        }

        Assert.DoesNotContain("Imported clients", (await Crm.ReadChoicesAsync(None)).Lists);

        var contact = await CreateAsync(Entity.Contact, Least(Entity.Contact), list: "Imported clients");

        Assert.Contains("Imported clients", (await Crm.ReadChoicesAsync(None)).Lists);
        Assert.Equal(["Imported clients"], await Harness.ListsOfAsync(Tenant, contact));
    }

    [Fact]
    public async Task Join_Twice_IsOnce_CT1()
    {
        if (!Crm.Capabilities.Lists)
        {
            return;
        }

        var contact = await CreateAsync(Entity.Contact, Least(Entity.Contact), list: "Imported clients");

        await JoinAsync(contact, "Imported clients");

        Assert.Equal(["Imported clients"], await Harness.ListsOfAsync(Tenant, contact));
        Assert.Single((await Crm.ReadChoicesAsync(None)).Lists, "Imported clients");
    }

    [Fact]
    public async Task Join_RepeatedCreate_IsOnTheListOnce_CT1()
    {
        if (!Crm.Capabilities.Lists || !Crm.Capabilities.UniqueExternalKey)
        {
            return;
        }

        var write = new CrmWrite { ExternalKey = "cw:acme:1", Fields = Least(Entity.Contact), JoinList = "Imported clients" };
        var first = await WriteAsync(Entity.Contact, write);

        var again = await WriteAsync(Entity.Contact, write);

        Assert.Equal(first.Id, again.Id);
        Assert.Equal(["Imported clients"], await Harness.ListsOfAsync(Tenant, first.Id!.Value));
    }

    [Fact]
    public async Task Leave_OneJoinAnother_LeavesThirdAlone_CT4()
    {
        if (!Crm.Capabilities.Lists)
        {
            return;
        }

        var contact = await CreateAsync(Entity.Contact, Least(Entity.Contact), list: "Imported prospects");
        await JoinAsync(contact, "Newsletter");

        var moved = await WriteAsync(
            Entity.Contact, new CrmWrite { Id = contact, Fields = new(), LeaveList = "Imported prospects", JoinList = "Imported clients" });

        Assert.Null(moved.Error);
        Assert.Equal(["Imported clients", "Newsletter"], (await Harness.ListsOfAsync(Tenant, contact)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Leave_ListItIsNotOn_ChangesNothing_CT4()
    {
        if (!Crm.Capabilities.Lists)
        {
            return;
        }

        var contact = await CreateAsync(Entity.Contact, Least(Entity.Contact), list: "Imported clients");

        var left = await WriteAsync(Entity.Contact, new CrmWrite { Id = contact, Fields = new(), LeaveList = "No such list" });

        Assert.Null(left.Error);
        Assert.Equal(["Imported clients"], await Harness.ListsOfAsync(Tenant, contact));
    }

    [Fact]
    public async Task Join_ForACompany_IsRefused()
    {
        if (!Crm.Capabilities.Lists)
        {
            return;
        }

        AssertRefused(await WriteAsync(Entity.Company, new CrmWrite { Fields = Least(Entity.Company), JoinList = "Imported clients" }));
    }

    private async Task JoinAsync(CrmId contact, string list)
    {
        var joined = await WriteAsync(Entity.Contact, new CrmWrite { Id = contact, Fields = new(), JoinList = list });
        Assert.Null(joined.Error);
    }
}
