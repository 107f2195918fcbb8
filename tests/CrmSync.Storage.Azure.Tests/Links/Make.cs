using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Storage.Azure.Tests.Links;

/// <summary>What the tests write.</summary>
internal static class Make
{
    public static TenantId Acme { get; } = new("acme");

    public static Link Link(long id, string crm, string name = "Company") => new()
    {
        ConnectWise = new ConnectWiseId(id),
        Crm = new CrmId(crm),
        ConnectWiseSnapshot = new FieldValues { [FieldKeys.Name] = name },
        CrmSnapshot = new FieldValues { [FieldKeys.Name] = name },
        Run = new RunId("run-0001"),
    };

    public static Link[] Links(int count, int from = 1) => [.. Enumerable.Range(from, count).Select(i => Link(i, $"c{i}"))];

    public static Task<IReadOnlyList<ConnectWiseId>> WriteAsync(this ILinkStore store, params Link[] links) =>
        store.WriteAsync(Acme, Entity.Company, links, default);

    public static Task<Link?> FindAsync(this ILinkStore store, long id) => store.FindAsync(Acme, Entity.Company, new ConnectWiseId(id), default);

    public static async Task<ConnectWiseId?> OwnerAsync(this ILinkStore store, string crm) =>
        (await store.FindByCrmAsync(Acme, Entity.Company, [new CrmId(crm)], default)).Select(pair => (ConnectWiseId?)pair.Value).SingleOrDefault();

    /// <summary>All links, each of which is the one that its CRM record knows (CO-5).</summary>
    public static async Task<IReadOnlyList<Link>> ConsistentAsync(this ILinkStore store)
    {
        var links = await store.ReadRangeAsync(Acme, Entity.Company, new IdRange(0, null), default);
        var owners = await store.FindByCrmAsync(Acme, Entity.Company, [.. links.Select(link => link.Crm)], default);
        Assert.Equal(links.Count, owners.Count);
        Assert.All(links, link => Assert.Equal(link.ConnectWise, owners[link.Crm]));
        return links;
    }
}
