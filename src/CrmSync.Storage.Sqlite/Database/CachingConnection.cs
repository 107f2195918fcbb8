using Microsoft.Data.Sqlite;

namespace CrmSync.Storage.Sqlite;

/// <summary>A connection that keeps its prepared statements: the product's SQL is a small set of constants.</summary>
internal sealed class CachingConnection(string connectionString) : SqliteConnection(connectionString)
{
    // Far above the number of constants; only SQL made up at run time could reach it, and must not grow without end.
    private const int MostStatements = 512;

    private readonly Dictionary<string, SqliteCommand> _statements = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BulkStatement> _bulkStatements = new(StringComparer.Ordinal);

    /// <summary>The statement for an SQL text, prepared once, bound to the transaction under way.</summary>
    public SqliteCommand Prepared(string sql)
    {
        if (!_statements.TryGetValue(sql, out var command))
        {
            if (_statements.Count >= MostStatements)
            {
                Forget();
            }

            command = CreateCommand();
            SqliteStatements.SetText(command, sql);
            _statements.Add(sql, command);
        }

        command.Transaction = Transaction;
        return command;
    }

    /// <summary>The statement for an SQL text that is run for many rows, prepared once.</summary>
    public BulkStatement Bulk(string sql)
    {
        if (!_bulkStatements.TryGetValue(sql, out var statement))
        {
            statement = new BulkStatement(Handle!, sql);
            _bulkStatements.Add(sql, statement);
        }

        return statement.Reset();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Forget();
            foreach (var statement in _bulkStatements.Values)
            {
                statement.Close();
            }

            _bulkStatements.Clear();
        }

        base.Dispose(disposing);
    }

    private void Forget()
    {
        foreach (var command in _statements.Values)
        {
            command.Dispose();
        }

        _statements.Clear();
    }
}
