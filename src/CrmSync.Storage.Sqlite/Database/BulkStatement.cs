using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CrmSync.Storage.Sqlite;

/// <summary>
/// A prepared statement for loops over many rows, straight on SQLite: binds and reads without an object for every value, which is most of what a row
/// costs through a command. Its parameters are ?1, ?2, … and are bound in order; each run begins anew. Kept by the connection: not disposed by the caller.
/// </summary>
public sealed class BulkStatement
{
    private const int LargestOnStack = 512;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _owner;
    private nint _statement;
    private int _bound;

    internal BulkStatement(sqlite3 database, string sql)
    {
        _database = database;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _owner));
        _statement = _owner.DangerousGetHandle();
    }

    /// <summary>Binds the next parameter.</summary>
    public BulkStatement Bind(long value)
    {
        Check(StatementCalls.BindNumber(_statement, ++_bound, value));
        return this;
    }

    /// <inheritdoc cref="Bind(long)" />
    public BulkStatement Bind(long? value)
    {
        if (value is { } number)
        {
            return Bind(number);
        }

        Check(StatementCalls.BindNull(_statement, ++_bound));
        return this;
    }

    /// <inheritdoc cref="Bind(long)" />
    public BulkStatement Bind(ReadOnlySpan<byte> value)
    {
        Check(StatementCalls.BindBlob(_statement, ++_bound, in FirstOf(value), value.Length, StatementCalls.Copied));
        return this;
    }

    /// <inheritdoc cref="Bind(long)" />
    public BulkStatement Bind(string? value)
    {
        if (value is null)
        {
            Check(StatementCalls.BindNull(_statement, ++_bound));
            return this;
        }

        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        var rented = most > LargestOnStack ? ArrayPool<byte>.Shared.Rent(most) : null;
        Span<byte> buffer = rented ?? stackalloc byte[LargestOnStack];
        BindText(buffer[..Encoding.UTF8.GetBytes(value, buffer)]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return this;
    }

    /// <summary>Binds the next parameter to a text in UTF-8.</summary>
    public BulkStatement BindText(ReadOnlySpan<byte> value)
    {
        Check(StatementCalls.BindText(_statement, ++_bound, in FirstOf(value), value.Length, StatementCalls.Copied));
        return this;
    }

    /// <summary>Goes to the next row; false after the last, when values can be bound anew.</summary>
    /// <exception cref="SqliteException">The row was refused; those before it stand within the transaction.</exception>
    public bool Step()
    {
        var code = StatementCalls.Step(_statement);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        Reset();
        Check(code);
        return false;
    }

    /// <summary>Runs it for one row and answers how many rows changed.</summary>
    /// <exception cref="SqliteException">The row was refused; those before it stand within the transaction.</exception>
    public int Run()
    {
        while (Step())
        {
        }

        return raw.sqlite3_changes(_database);
    }

    /// <summary>A column of the present row, from 0.</summary>
    public long Number(int column) => StatementCalls.ColumnNumber(_statement, column);

    /// <inheritdoc cref="Number" />
    public long? NumberOrNull(int column) => StatementCalls.ColumnType(_statement, column) == raw.SQLITE_NULL ? null : Number(column);

    /// <inheritdoc cref="Number" />
    public string? Text(int column) =>
        StatementCalls.ColumnType(_statement, column) == raw.SQLITE_NULL ? null : raw.sqlite3_column_text(_owner, column).utf8_to_string();

    /// <summary>The bytes of a column, valid until the next step.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(_owner, column);

    /// <summary>Makes it ready for a new run, for those who do not go on to the last row: there can be only one, or enough was read.</summary>
    public BulkStatement Reset()
    {
        _ = StatementCalls.Reset(_statement);
        _bound = 0;
        return this;
    }

    internal void Close()
    {
        _statement = 0;
        _owner.Dispose();
    }

    // An empty one has no first byte, which would stand for null.
    private static ref readonly byte FirstOf(ReadOnlySpan<byte> value) => ref MemoryMarshal.GetReference(value.IsEmpty ? [0] : value);

    private void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_DONE))
        {
            SqliteException.ThrowExceptionForRC(code, _database);
        }
    }
}
