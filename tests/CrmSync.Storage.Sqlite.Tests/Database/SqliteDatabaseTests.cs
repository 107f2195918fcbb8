using Microsoft.Data.Sqlite;

namespace CrmSync.Storage.Sqlite.Tests.Database;

public sealed class SqliteDatabaseTests : IDisposable
{
    private const string Insert = "INSERT INTO things (name) VALUES ($1)";
    private const string Count = "SELECT count(*) FROM things";
    private static readonly string[] Schema = ["CREATE TABLE things (name TEXT NOT NULL) STRICT"];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Write_Returned_IsReadByAllConnections()
    {
        await using var database = await OpenAsync();
        await database.EnsureSchemaAsync("test", Schema);

        await database.WriteAsync(connection => connection.Execute(Insert, "a 🚀"));
        var names = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            database.ReadAsync(connection => connection.First("SELECT name FROM things", row => row.GetString(0)))));

        Assert.All(names, name => Assert.Equal("a 🚀", name));
    }

    [Fact]
    public async Task Write_Throwing_ChangesNothing()
    {
        await using var database = await OpenAsync();
        await database.EnsureSchemaAsync("test", Schema);

        await Assert.ThrowsAsync<InvalidOperationException>(() => database.WriteAsync(connection =>
        {
            connection.Execute(Insert, "a");
            throw new InvalidOperationException("stop");
        }));

        Assert.Equal(0, await database.ReadAsync(connection => connection.Number(Count)));
        await database.WriteAsync(connection => connection.Execute(Insert, "b"));
        Assert.Equal(1, await database.ReadAsync(connection => connection.Number(Count)));
    }

    [Fact]
    public async Task Write_ManyAtOnce_AllQueueAndSucceed()
    {
        await using var database = await OpenAsync();
        await database.EnsureSchemaAsync("test", Schema);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => database.WriteAsync(connection => connection.Execute(Insert, $"{i}"))));

        Assert.Equal(200, await database.ReadAsync(connection => connection.Number(Count)));
    }

    [Fact]
    public async Task Write_SomeOfManyAtOnceThrowing_TheOthersAreWrittenOnce()
    {
        await using var database = await OpenAsync();
        await database.EnsureSchemaAsync("test", Schema);

        var writes = Enumerable.Range(0, 200).Select(i => database.WriteAsync(connection =>
            connection.Execute(Insert, $"{i}") == 1 && i % 7 == 3 ? throw new InvalidOperationException($"{i}") : i)).ToList();

        for (var i = 0; i < writes.Count; i++)
        {
            if (i % 7 == 3)
            {
                Assert.Equal($"{i}", (await Assert.ThrowsAsync<InvalidOperationException>(() => writes[i])).Message);
            }
            else
            {
                Assert.Equal(i, await writes[i]);
            }
        }

        var names = await database.ReadAsync(connection => connection.Rows("SELECT name FROM things ORDER BY rowid", row => row.GetString(0)));
        Assert.Equal(Enumerable.Range(0, 200).Where(i => i % 7 != 3).Select(i => $"{i}"), names);
    }

    [Fact]
    public async Task Read_Writing_IsRefused()
    {
        await using var database = await OpenAsync();
        await database.EnsureSchemaAsync("test", Schema);

        await Assert.ThrowsAsync<SqliteException>(() => database.ReadAsync(connection => connection.Execute(Insert, "a")));
    }

    [Fact]
    public async Task Dispose_ThenUse_SaysSo()
    {
        var database = await OpenAsync();
        await database.DisposeAsync();
        await database.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => database.ReadAsync(connection => connection.Number("SELECT 1")));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => database.WriteAsync(connection => connection.Number("SELECT 1")));
    }

    [Fact]
    public async Task Open_AfterAbandoning_HasWhatWasCommitted()
    {
        // Never disposed before the second opens, as after kill -9.
        await using var abandoned = await OpenAsync();
        await abandoned.EnsureSchemaAsync("test", Schema);
        await abandoned.WriteAsync(connection => connection.Execute(Insert, "a"));

        await using var database = await OpenAsync();

        Assert.Equal(1, await database.ReadAsync(connection => connection.Number(Count)));
    }

    [Fact]
    public async Task EnsureSchema_NewScripts_RunsOnlyThose()
    {
        await using var database = await OpenAsync();
        await database.EnsureSchemaAsync("test", Schema);
        await database.EnsureSchemaAsync("other", ["CREATE TABLE others (x INTEGER) STRICT"]);

        await database.EnsureSchemaAsync("test", [.. Schema, "ALTER TABLE things ADD COLUMN colour TEXT; CREATE INDEX things_colour ON things (colour)"]);
        await database.EnsureSchemaAsync("test", [.. Schema, "not run again"]);

        Assert.Equal(0, await database.ReadAsync(connection => connection.Number("SELECT count(colour) FROM things")));
    }

    [Fact]
    public async Task EnsureSchema_ScriptFails_LeavesTheVersionBefore()
    {
        await using var database = await OpenAsync();

        await Assert.ThrowsAsync<SqliteException>(() => database.EnsureSchemaAsync("test", [.. Schema, "CREATE TABLE half (x INTEGER); nonsense"]));
        await database.EnsureSchemaAsync("test", [.. Schema, "CREATE TABLE half (x INTEGER)"]);

        Assert.Equal(0, await database.ReadAsync(connection => connection.Number("SELECT count(*) FROM half")));
    }

    [Fact]
    public async Task EnsureSchema_WrittenByNewerProgram_IsRefused()
    {
        await using var database = await OpenAsync();
        await database.EnsureSchemaAsync("test", [.. Schema, "CREATE TABLE more (x INTEGER)"]);

        var refusal = await Assert.ThrowsAsync<StorageException>(() => database.EnsureSchemaAsync("test", Schema));

        Assert.Equal("storage-too-new", refusal.Code);
        Assert.Contains("version 2", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_Much_ReachesTheFileBeforeTheLogIsFull()
    {
        // Each is 1,000 pages; only at 16,000 SQLite would have the writer copy the log into the file.
        await using var database = await OpenAsync();
        await database.EnsureSchemaAsync("test", Schema);
        var text = new string('x', 4_000_000);
        for (var written = 0; written < 14 && !IsInTheFile(); written++)
        {
            await database.WriteAsync(connection => connection.Execute(Insert, text));
        }

        for (var looked = 0; looked < 100_000 && !IsInTheFile(); looked++)
        {
            await database.ReadAsync(connection => connection.Number(Count));
        }

        Assert.True(IsInTheFile());
        Assert.Equal(text, await database.ReadAsync(connection => connection.First("SELECT name FROM things LIMIT 1", row => row.GetString(0))));

        bool IsInTheFile() => new FileInfo(DatabasePath).Length >= text.Length;
    }

    [Fact]
    public async Task Open_FileIsNoDatabase_IsRefused()
    {
        await File.WriteAllTextAsync(DatabasePath, string.Concat(Enumerable.Repeat("This is a letter, not a database.\n", 100)));

        var refusal = await Assert.ThrowsAsync<StorageException>(OpenAsync);

        Assert.Equal("storage-not-a-database", refusal.Code);
    }

    [Fact]
    public async Task Open_DatabaseOfAnotherProgram_IsRefused()
    {
        await ElsewhereAsync("CREATE TABLE moz_places (id INTEGER)");

        var refusal = await Assert.ThrowsAsync<StorageException>(OpenAsync);

        Assert.Equal("storage-foreign", refusal.Code);
    }

    [Fact]
    public async Task Open_LockedByAnother_IsRefused()
    {
        await using var other = await ElsewhereAsync("BEGIN EXCLUSIVE");

        var refusal = await Assert.ThrowsAsync<StorageException>(OpenAsync);

        Assert.Equal("storage-locked", refusal.Code);
        Assert.Contains(DatabasePath, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_FolderMissing_IsRefused()
    {
        var refusal = await Assert.ThrowsAsync<StorageException>(() => SqliteDatabase.OpenAsync(_folder.File("missing/data.db")));

        Assert.Equal("storage-unusable", refusal.Code);
    }

    private string DatabasePath => _folder.File("data.db");

    private Task<SqliteDatabase> OpenAsync() => SqliteDatabase.OpenAsync(DatabasePath, new SqliteDatabaseOptions { LockTimeoutSeconds = 1 });

    private async Task<SqliteConnection> ElsewhereAsync(string sql)
    {
        var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
        return connection;
    }
}
