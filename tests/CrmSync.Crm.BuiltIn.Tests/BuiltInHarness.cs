using CrmSync.Contracts.Crm;
using CrmSync.Core.Matching;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Storage.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Crm.BuiltIn.Tests;

/// <summary>The built-in CRM in a database file of its own, which goes with it.</summary>
internal sealed class BuiltInHarness : ICrmHarness
{
    private readonly DirectoryInfo _folder;
    private readonly SqliteDatabase _database;

    private BuiltInHarness(DirectoryInfo folder, SqliteDatabase database)
    {
        (_folder, _database) = (folder, database);
        Factory = new BuiltInCrmFactory(database, Time);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, 250, TimeSpan.Zero));

    public BuiltInCrmFactory Factory { get; }

    public SqliteDatabase Database => _database;

    public BuiltInCrmEditor Editor => Factory.EditorFor(new("acme"));

    public BuiltInCrmBrowser Browser => Factory.BrowserFor(new("acme"));

    public BuiltInCrm Crm => Factory.For(new("acme"));

    public static async Task<BuiltInHarness> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("crmsync-");
        return new BuiltInHarness(folder, await SqliteDatabase.OpenAsync(Path.Combine(folder.FullName, "crm.db")));
    }

    public ICrm Open(string tenant) => Factory.For(new(tenant));

    public async Task<IReadOnlyList<string>> ListsOfAsync(string tenant, CrmId contact) =>
        (await Factory.BrowserFor(new(tenant)).FindAsync(Entity.Contact, contact, CancellationToken.None))!.Lists;

    public async Task<int> InvitationsOfAsync(string tenant, string email)
    {
        var users = await Open(tenant).FindCandidatesAsync(Entity.User, [new(MatchKind.Email, Normalise.Email(email)!)], CancellationToken.None);
        var details = await Task.WhenAll(users.Select(user => Factory.BrowserFor(new(tenant)).FindAsync(Entity.User, user.Id, CancellationToken.None)));
        return details.Count(detail => detail!.InvitedAt is not null);
    }

    public async Task<string?> DefineFieldAsync(string tenant, Entity entity, string name, FieldKind kind, params string[] choices)
    {
        var field = new FieldDefinition { Key = FieldKeys.CustomPrefix + name, Label = name, Kind = kind, Choices = choices };
        var defined = await Factory.EditorFor(new(tenant)).DefineFieldAsync(entity, field, CancellationToken.None);
        return defined.Succeeded ? defined.Value.Key : throw new InvalidOperationException(defined.Refusal.Message);
    }

    public async Task DeleteAsync(string tenant, Entity entity, CrmId id) =>
        Assert.True(await Factory.EditorFor(new(tenant)).DeleteAsync(entity, id, CancellationToken.None));

    public Task PassTimeAsync()
    {
        Time.Advance(TimeSpan.FromSeconds(1));
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
