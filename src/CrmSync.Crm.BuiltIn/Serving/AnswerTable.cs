using System.IO.Compression;
using System.Text.Json;
using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Crm.BuiltIn.Fields;
using CrmSync.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace CrmSync.Crm.BuiltIn.Serving;

/// <summary>Does a batch on a connection in a write transaction.</summary>
internal delegate List<CrmWriteResult> BatchWork(SqliteConnection connection, TenantSchema schema);

/// <summary>What was answered to which batch.</summary>
internal static class AnswerTable
{
    public const string Component = "crm-answers";

    private const string First = """
        CREATE TABLE crm_answers (
            number INTEGER PRIMARY KEY,
            tenant INTEGER NOT NULL,
            key TEXT NOT NULL,
            content TEXT NOT NULL,
            at INTEGER NOT NULL,
            answer BLOB NOT NULL,
            UNIQUE (tenant, key)) STRICT;

        CREATE INDEX crm_answers_by_age ON crm_answers (tenant, number);
        """;

    private const string Find = "SELECT content, answer FROM crm_answers WHERE tenant = $1 AND key = $2";
    private const string Insert = "INSERT INTO crm_answers (tenant, key, content, at, answer) VALUES ($1, $2, $3, $4, $5)";
    private const string Count = "SELECT COUNT(*) FROM crm_answers WHERE tenant = $1";

    // Two go for each that comes: what is too old or too much shrinks away without a batch ever waiting for it.
    private const string RemoveOldest = """
        DELETE FROM crm_answers
        WHERE number IN (SELECT number FROM crm_answers WHERE tenant = $1 ORDER BY number LIMIT 2) AND (at < $2 OR $3)
        """;

    public static IReadOnlyList<string> Scripts { get; } = [First];

    /// <summary>The answer to a batch: the one it was given before, or that of doing it now.</summary>
    public static Result<IReadOnlyList<CrmWriteResult>> Once(SqliteConnection connection, TenantSchema schema, BatchName batch, long now, Func<long, BatchWork> work)
    {
        if (connection.First(Find, row => (Content: row.GetString(0), Answer: row.GetFieldValue<byte[]>(1)), schema.Tenant, batch.Key) is { Content: not null } known)
        {
            return known.Content == batch.Content
                ? Unpack(known.Answer)
                : new Refusal(RefusalKind.Conflict, "idempotency-key-reused", "The key names a batch with another content.", "Give every batch a key of its own.")
                { Field = "Idempotency-Key" };
        }

        var results = work(now)(connection, schema);
        connection.Execute(Insert, schema.Tenant, batch.Key, batch.Content, now, Pack(results));
        var full = connection.Number(Count, schema.Tenant) > ServedBuiltInCrm.MostRemembered;
        connection.Execute(RemoveOldest, schema.Tenant, now - (long)ServedBuiltInCrm.Remembers.TotalMilliseconds, full);
        return results;
    }

    private static byte[] Pack(List<CrmWriteResult> results)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            JsonSerializer.Serialize(gzip, results, CoreJson.Options);
        }

        return packed.ToArray();
    }

    private static List<CrmWriteResult> Unpack(byte[] packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<List<CrmWriteResult>>(gzip, CoreJson.Options)!;
    }
}
