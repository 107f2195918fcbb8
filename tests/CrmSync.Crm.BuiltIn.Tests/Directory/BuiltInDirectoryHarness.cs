using CrmSync.Contracts.Employees;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Storage.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Crm.BuiltIn.Tests.Employees;

/// <summary>The built-in directory in a database file of its own, which goes with it.</summary>
internal sealed class BuiltInDirectoryHarness : IDirectoryHarness
{
    private static readonly TenantId Tenant = new("acme");

    private readonly DirectoryInfo _folder;
    private readonly SqliteDatabase _database;

    private BuiltInDirectoryHarness(DirectoryInfo folder, SqliteDatabase database)
    {
        (_folder, _database) = (folder, database);
        Factory = new BuiltInDirectoryFactory(database, Time);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, 250, TimeSpan.Zero));

    public BuiltInDirectoryFactory Factory { get; }

    public BuiltInDirectoryEditor Editor => Factory.EditorFor(Tenant);

    public BuiltInDirectoryBrowser Browser => Factory.BrowserFor(Tenant);

    public static async Task<BuiltInDirectoryHarness> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("crmsync-");
        return new BuiltInDirectoryHarness(folder, await SqliteDatabase.OpenAsync(Path.Combine(folder.FullName, "crm.db")));
    }

    public IDirectory Open() => Factory.For(Tenant);

    public async Task<CrmId> AddAsync(string firstName, string lastName, string email, string? employeeId = null)
    {
        var fields = new FieldValues
        {
            [FieldKeys.FirstName] = firstName,
            [FieldKeys.LastName] = lastName,
            [FieldKeys.Email] = email,
            [FieldKeys.EmployeeIds] = employeeId,
        };
        return (await Editor.AddAsync(fields, CancellationToken.None)).Id!.Value;
    }

    public Task EditPositionAsync(CrmId id, string position) => Editor.EditAsync(id, new() { [FieldKeys.Position] = position }, CancellationToken.None);

    public Task DeleteAsync(CrmId id) => Editor.DeleteAsync(id, CancellationToken.None);

    public async Task<string?> PictureOfAsync(CrmId id) => (await Browser.PictureAsync(id, CancellationToken.None))?.Hash;

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
