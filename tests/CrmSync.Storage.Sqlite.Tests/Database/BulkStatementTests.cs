using Microsoft.Data.Sqlite;

namespace CrmSync.Storage.Sqlite.Tests.Database;

/// <summary>Loops over rows straight on SQLite give what commands give.</summary>
public sealed class BulkStatementTests : IDisposable
{
    private const string Insert = "INSERT INTO things (number, name, content) VALUES (?1, ?2, ?3)";
    private const string Select = "SELECT number, name, content, typeof(name), typeof(content) FROM things WHERE number IS ?1";
    private static readonly string[] Schema = ["CREATE TABLE things (number INTEGER UNIQUE, name TEXT CHECK (name <> 'refused'), content BLOB) STRICT"];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0L, "", 0)]
    [InlineData(long.MinValue, "é 🚀 \0 after", 1)]
    [InlineData(long.MaxValue, "x", 300_000)]
    [InlineData(null, null, 5)]
    public async Task Values_Bound_AreReadBack(long? number, string? name, int length)
    {
        await using var database = await OpenAsync();
        var content = new byte[length];
        new Random(17).NextBytes(content);

        var changed = await database.WriteAsync(connection => connection.Bulk(Insert).Bind(number).Bind(name).Bind(content).Run());

        Assert.Equal(1, changed);
        Assert.Equal((number, name, Convert.ToHexString(content), name is null ? "null" : "text", "blob"), await database.ReadAsync(connection =>
        {
            var row = connection.Bulk(Select).Bind(number);
            Assert.True(row.Step());
            var read = (row.NumberOrNull(0), row.Text(1), Convert.ToHexString(row.Blob(2)), row.Text(3)!, row.Text(4)!);
            Assert.False(row.Step());
            return read;
        }));
    }

    [Fact]
    public async Task LookUp_ResetAfterItsOneRow_IsReadyForTheNext()
    {
        await using var database = await OpenAsync();
        await database.WriteAsync(connection => Enumerable.Range(0, 3).Sum(i => connection.Bulk(Insert).Bind(i).Bind($"n{i}").Bind(ReadOnlySpan<byte>.Empty).Run()));

        Assert.Equal(["n2", null, "n0"], await database.ReadAsync(connection =>
        {
            var find = connection.Bulk(Select);
            return new long[] { 2, 7, 0 }.Select(number =>
            {
                var name = find.Bind(number).Step() ? find.Text(1) : null;
                find.Reset();
                return name;
            }).ToList();
        }));
    }

    [Fact]
    public async Task Row_Refused_ThrowsAndCanBeRunAgain()
    {
        await using var database = await OpenAsync();

        await database.WriteAsync(connection =>
        {
            var insert = connection.Bulk(Insert);
            Assert.Equal(19, Assert.Throws<SqliteException>(() => insert.Bind(1).Bind("refused").Bind([]).Run()).SqliteErrorCode);
            Assert.Equal(1, insert.Bind(1).Bind("taken").Bind([]).Run());
        });

        Assert.Equal(1, await database.ReadAsync(connection => connection.Number("SELECT count(*) FROM things")));
    }

    [Fact]
    public async Task Statement_OfAClosedConnection_IsAnErrorAndNotACrash()
    {
        BulkStatement? insert = null;
        await using (var database = await OpenAsync())
        {
            await database.WriteAsync(connection => insert = connection.Bulk(Insert));
        }

        Assert.ThrowsAny<Exception>(() => insert!.Bind(1));
    }

    private async Task<SqliteDatabase> OpenAsync()
    {
        var database = await SqliteDatabase.OpenAsync(_folder.File("bulk.db"));
        await database.EnsureSchemaAsync("test", Schema);
        return database;
    }
}
