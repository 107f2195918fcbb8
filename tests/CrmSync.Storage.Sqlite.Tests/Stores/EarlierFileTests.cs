using CrmSync.Core.Records;

namespace CrmSync.Storage.Sqlite.Tests.Stores;

/// <summary>ME-2: what a file remembers of both sides outlives a new version of the program.</summary>
public sealed class EarlierFileTests : IAsyncLifetime
{
    private static readonly TenantId Tenant = new("acme");

    private readonly SqliteFolder _folder = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _folder.RemoveAsync();

    [Fact]
    public async Task Open_AFileFromBeforeLinksWereRows_KeepsThemAndTheirUniqueness()
    {
        await using (var before = await SqliteDatabase.OpenAsync(Path.Combine(_folder.Path, "crmsync.db")))
        {
            await before.EnsureSchemaAsync(StoreSchema.Component, [.. StoreSchema.Scripts.Take(3)]);
            await before.WriteAsync(connection =>
            {
                connection.Execute("INSERT INTO tenant_keys (key, tenant) VALUES (1, 'acme')");
                connection.Execute("INSERT INTO run_keys (key, tenant, run) VALUES (1, 1, 'r1')");
                foreach (var id in (int[])[300, 7])
                {
                    connection.Execute(
                        "INSERT INTO links (tenant, entity, connectwise, crm, type, updated_at, run, snapshots) VALUES (1, $1, $2, $3, 5, NULL, 1, $4)",
                        (long)Entity.Company, id, $"C-{id}", """{"name":"Müller","fax":{"p":"1","c":"2"}}"""u8.ToArray());
                }
            });
        }

        var links = (await _folder.OpenAsync()).Links;

        var found = await links.ReadRangeAsync(Tenant, Entity.Company, new IdRange(0, null), default);
        Assert.Equal([7, 300], found.Select(link => link.ConnectWise.Value));
        Assert.Equal(["C-7", "C-300"], found.Select(link => link.Crm.Value));
        Assert.Equal(("Müller", "1", "2"), (found[0].ConnectWiseSnapshot["name"], found[0].ConnectWiseSnapshot["fax"], found[0].CrmSnapshot["fax"]));
        var taken = found[0] with { ConnectWise = new(8) };
        Assert.Equal([new ConnectWiseId(8)], await links.WriteAsync(Tenant, Entity.Company, [found[0] with { Type = 6 }, taken], default));
        Assert.Equal(6, (await links.FindAsync(Tenant, Entity.Company, new(7), default))!.Type);
    }
}
