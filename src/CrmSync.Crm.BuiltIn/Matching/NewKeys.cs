using System.Buffers;
using System.Buffers.Binary;
using CrmSync.Core;
using CrmSync.Crm.BuiltIn.Records;
using CrmSync.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace CrmSync.Crm.BuiltIn.Matching;

/// <summary>Entries that are not in the index yet, as they came: a row for each <see cref="KeyBatch"/>.</summary>
internal static class NewKeys
{
    private const string Insert = "INSERT INTO crm_new_keys (entity, keys, entries) VALUES (?1, ?2, ?3)";
    private const string Sum = "SELECT SUM(keys) FROM crm_new_keys WHERE entity = $1";
    private const string Select = "SELECT id, keys, entries FROM crm_new_keys WHERE entity = ?1";
    private const string Delete = "DELETE FROM crm_new_keys WHERE id = ?1";

    // Sorted in a few megabytes, and in a tenth of a second: other writers wait no longer.
    private const int Piece = 40 * 1024;

    /// <summary>How many there are.</summary>
    public static long Count(SqliteConnection connection, RecordScope scope) => connection.Number(Sum, scope.Value) ?? 0;

    /// <summary>Adds a batch.</summary>
    public static void Add(SqliteConnection connection, RecordScope scope, KeyBatch batch)
    {
        if (batch.Count > 0)
        {
            connection.Bulk(Insert).Bind(scope.Value).Bind(batch.Count).Bind(batch.Bytes).Run();
        }
    }

    /// <summary>Takes a piece of them out and runs a statement with scope, key and record of each, in the order of the index.</summary>
    /// <returns>Whether there were any.</returns>
    public static bool MoveSome(SqliteConnection connection, RecordScope scope, BulkStatement statement)
    {
        var waiting = Count(connection, scope);
        if (waiting == 0)
        {
            return false;
        }

        using var bytes = new PooledBuffer((int)Math.Min(waiting, Piece) * KeyBatch.UsualSize);
        var count = Take(connection, scope, bytes);
        var entries = ArrayPool<Entry>.Shared.Rent(count);
        for (int i = 0, at = 0; i < count; i++)
        {
            entries[i] = new Entry(bytes.Memory[at..]);
            at += KeyBatch.KeyAt + entries[i].Key.Length;
        }

        Array.Sort(entries, 0, count);
        for (var i = 0; i < count; i++)
        {
            statement.Bind(entries[i].Scope).BindText(entries[i].Key.Span).Bind(entries[i].Row).Run();
        }

        ArrayPool<Entry>.Shared.Return(entries, clearArray: true);
        return true;
    }

    private static int Take(SqliteConnection connection, RecordScope scope, PooledBuffer bytes)
    {
        var count = 0;
        var taken = new List<long>();
        var batches = connection.Bulk(Select).Bind(scope.Value);
        while (count < Piece && batches.Step())
        {
            taken.Add(batches.Number(0));
            count += (int)batches.Number(1);
            bytes.Write(batches.Blob(2));
        }

        batches.Reset();
        var delete = connection.Bulk(Delete);
        foreach (var id in taken)
        {
            delete.Bind(id).Run();
        }

        return count;
    }

    private readonly struct Entry(ReadOnlyMemory<byte> from) : IComparable<Entry>
    {
        public long Scope { get; } = BinaryPrimitives.ReadInt64LittleEndian(from.Span);

        public long Row { get; } = BinaryPrimitives.ReadInt64LittleEndian(from.Span[KeyBatch.RowAt..]);

        public ReadOnlyMemory<byte> Key { get; } = from.Slice(KeyBatch.KeyAt, BinaryPrimitives.ReadInt32LittleEndian(from.Span[KeyBatch.LengthAt..]));

        public int CompareTo(Entry other) =>
            Scope != other.Scope ? Scope.CompareTo(other.Scope)
            : Key.Span.SequenceCompareTo(other.Key.Span) is var order and not 0 ? order
            : Row.CompareTo(other.Row);
    }
}
