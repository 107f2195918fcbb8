namespace CrmSync.Storage.Sqlite.Tests.Stores;

/// <summary>A data directory for one test; every opening of its stores is closed with it.</summary>
public sealed class SqliteFolder
{
    private readonly List<SqliteDatabase> _opened = [];

    public string Path { get; } = Directory.CreateTempSubdirectory("crmsync-").FullName;

    public string KeyDirectory => System.IO.Path.Combine(Path, "keys");

    public async Task<SqliteStores> OpenAsync(TimeProvider? time = null)
    {
        var database = await SqliteDatabase.OpenAsync(System.IO.Path.Combine(Path, "crmsync.db"));
        _opened.Add(database);
        return await SqliteStores.OpenAsync(database, KeyDirectory, time ?? TimeProvider.System);
    }

    public async Task CloseAsync()
    {
        foreach (var database in _opened)
        {
            await database.DisposeAsync();
        }

        _opened.Clear();
    }

    /// <summary>Closes and removes everything: for the end of the test.</summary>
    public async Task RemoveAsync()
    {
        await CloseAsync();
        Directory.Delete(Path, recursive: true);
    }
}
