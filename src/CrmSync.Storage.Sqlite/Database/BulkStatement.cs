using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CrmSync.Storage.Sqlite;

/// <summary>
/// A prepared statement run once for each of many rows, straight on SQLite: per row it allocates nothing and looks up no names, which makes a
/// bulk write several times as fast as through a command. Its parameters are ?1, ?2, …; what is not set again keeps its value.
/// </summary>
internal sealed class BulkStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public BulkStatement(sqlite3 database, string sql)
    {
        _database = database;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    public void Dispose() => _statement.Dispose();

    public void Set(int parameter, long value) => Check(raw.sqlite3_bind_int64(_statement, parameter, value));

    public void Set(int parameter, long? value)
    {
        if (value is { } number)
        {
            Set(parameter, number);
        }
        else
        {
            Check(raw.sqlite3_bind_null(_statement, parameter));
        }
    }

    public void Set(int parameter, string? value)
    {
        if (value is null)
        {
            Check(raw.sqlite3_bind_null(_statement, parameter));
        }
        else
        {
            Check(raw.sqlite3_bind_text(_statement, parameter, value));
        }
    }

    public void Set(int parameter, ReadOnlySpan<byte> value) => Check(raw.sqlite3_bind_blob(_statement, parameter, value));

    /// <summary>Runs it for one row and answers how many rows changed.</summary>
    /// <exception cref="SqliteException">The row was refused; those before it stand within the transaction.</exception>
    public int Run()
    {
        var outcome = raw.sqlite3_step(_statement);
        raw.sqlite3_reset(_statement);
        Check(outcome);
        return raw.sqlite3_changes(_database);
    }

    private void Check(int outcome)
    {
        if (outcome is not (raw.SQLITE_OK or raw.SQLITE_DONE))
        {
            SqliteException.ThrowExceptionForRC(outcome, _database);
        }
    }
}
