using System.Globalization;
using Microsoft.Data.Sqlite;

namespace CrmSync.Storage.Sqlite;

/// <summary>Short ways to run constant SQL on a connection of <see cref="SqliteDatabase"/>.</summary>
public static class SqliteStatements
{
    private static readonly string[] Names = [.. Enumerable.Range(1, 32).Select(i => string.Create(CultureInfo.InvariantCulture, $"${i}"))];

    /// <summary>
    /// A statement with its parameters $1, $2, … set: prepared on first use and kept by the connection, so it must be read to the end
    /// before the same SQL is used again, and is not disposed by the caller.
    /// </summary>
    /// <param name="connection">A connection that <see cref="SqliteDatabase"/> handed out.</param>
    /// <param name="sql">A constant: every different text is kept.</param>
    /// <param name="values">The parameters' values in order; null is NULL.</param>
    public static SqliteCommand Statement(this SqliteConnection connection, string sql, params ReadOnlySpan<object?> values)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var command = Ours(connection).Prepared(sql);
        var parameters = command.Parameters;
        for (var i = 0; i < values.Length; i++)
        {
            if (i < parameters.Count)
            {
                parameters[i].Value = values[i] ?? DBNull.Value;
            }
            else
            {
                parameters.AddWithValue(Names[i], values[i] ?? DBNull.Value);
            }
        }

        return command;
    }

    /// <summary>Runs a statement and answers how many rows it changed.</summary>
    public static int Execute(this SqliteConnection connection, string sql, params ReadOnlySpan<object?> values) =>
        connection.Statement(sql, values).ExecuteNonQuery();

    /// <summary>The first column of the first row as a number; null for no row or NULL.</summary>
    public static long? Number(this SqliteConnection connection, string sql, params ReadOnlySpan<object?> values) =>
        connection.Statement(sql, values).ExecuteScalar() is long number ? number : null;

    /// <summary>The rows of a query, all read.</summary>
    /// <param name="connection">A connection that <see cref="SqliteDatabase"/> handed out.</param>
    /// <param name="sql">A constant.</param>
    /// <param name="row">Makes a value of the row the reader stands on.</param>
    /// <param name="values">The parameters' values in order.</param>
    public static List<T> Rows<T>(this SqliteConnection connection, string sql, Func<SqliteDataReader, T> row, params ReadOnlySpan<object?> values)
    {
        ArgumentNullException.ThrowIfNull(row);
        using var reader = connection.Statement(sql, values).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    /// <summary>The first row of a query; default for none.</summary>
    /// <param name="connection">A connection that <see cref="SqliteDatabase"/> handed out.</param>
    /// <param name="sql">A constant.</param>
    /// <param name="row">Makes a value of the row the reader stands on.</param>
    /// <param name="values">The parameters' values in order.</param>
    public static T? First<T>(this SqliteConnection connection, string sql, Func<SqliteDataReader, T> row, params ReadOnlySpan<object?> values)
    {
        ArgumentNullException.ThrowIfNull(row);
        using var reader = connection.Statement(sql, values).ExecuteReader();
        return reader.Read() ? row(reader) : default;
    }

    /// <summary>A statement that is run for many rows, prepared once; one SQL text is used by one loop at a time.</summary>
    /// <param name="connection">A connection that <see cref="SqliteDatabase"/> handed out.</param>
    /// <param name="sql">A constant with parameters ?1, ?2, …</param>
    public static BulkStatement Bulk(this SqliteConnection connection, string sql) => Ours(connection).Bulk(sql);

#pragma warning disable CA2100 // The callers' SQL is constant; values only ever pass as parameters.
    internal static void SetText(SqliteCommand command, string sql) => command.CommandText = sql;
#pragma warning restore CA2100

    private static CachingConnection Ours(SqliteConnection connection) =>
        connection as CachingConnection ?? throw new ArgumentException("The connection is none of SqliteDatabase's.", nameof(connection));
}
