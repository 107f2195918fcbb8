using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using CrmSync.Core;
using CrmSync.Crm.BuiltIn.Records;
using CrmSync.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace CrmSync.Crm.BuiltIn.Matching;

/// <summary>
/// Entries that are not in the index yet, as they came: a row for each batch. Each entry is its scope, its record and the length of its key, all
/// little-endian, and the key as UTF-8.
/// </summary>
internal static class NewKeys
{
    private const int KeyAt = sizeof(long) + sizeof(long) + sizeof(int);
    private const int UsualSize = KeyAt + 24;

    private const string Insert = "INSERT INTO crm_new_keys (entity, keys, entries) VALUES (?1, ?2, ?3)";
    private const string Sum = "SELECT SUM(keys) FROM crm_new_keys WHERE entity = $1";
    private const string Select = "SELECT entries FROM crm_new_keys WHERE entity = ?1";
    private const string Delete = "DELETE FROM crm_new_keys WHERE entity = $1";

    /// <summary>How many there are.</summary>
    public static long Count(SqliteConnection connection, RecordScope scope) => connection.Number(Sum, scope.Value) ?? 0;

    /// <summary>Adds a batch.</summary>
    public static void Add(SqliteConnection connection, RecordScope scope, IEnumerable<IndexEntry> entries)
    {
        using var batch = new PooledBuffer();
        var count = 0;
        foreach (var entry in entries)
        {
            var length = Encoding.UTF8.GetByteCount(entry.Key);
            var target = batch.GetSpan(KeyAt + length);
            BinaryPrimitives.WriteInt64LittleEndian(target, entry.Scope);
            BinaryPrimitives.WriteInt64LittleEndian(target[sizeof(long)..], entry.Row);
            BinaryPrimitives.WriteInt32LittleEndian(target[(2 * sizeof(long))..], length);
            Encoding.UTF8.GetBytes(entry.Key, target[KeyAt..]);
            batch.Advance(KeyAt + length);
            count++;
        }

        if (count > 0)
        {
            connection.Bulk(Insert).Bind(scope.Value).Bind(count).Bind(batch.Span).Run();
        }
    }

    /// <summary>Takes all of them out and runs a statement with scope, key and record of each, in the order of the index.</summary>
    public static void MoveTo(SqliteConnection connection, RecordScope scope, BulkStatement statement)
    {
        var count = (int)Count(connection, scope);
        if (count == 0)
        {
            return;
        }

        using var bytes = new PooledBuffer(count * UsualSize);
        var batches = connection.Bulk(Select).Bind(scope.Value);
        while (batches.Step())
        {
            bytes.Write(batches.Blob(0));
        }

        var entries = new Entry[count];
        for (int i = 0, at = 0; i < count; i++)
        {
            entries[i] = new Entry(bytes.Memory[at..]);
            at += KeyAt + entries[i].Key.Length;
        }

        Array.Sort(entries);
        foreach (var entry in entries)
        {
            statement.Bind(entry.Scope).BindText(entry.Key.Span).Bind(entry.Row).Run();
        }

        connection.Execute(Delete, scope.Value);
    }

    private readonly struct Entry(ReadOnlyMemory<byte> from) : IComparable<Entry>
    {
        public long Scope { get; } = BinaryPrimitives.ReadInt64LittleEndian(from.Span);

        public long Row { get; } = BinaryPrimitives.ReadInt64LittleEndian(from.Span[sizeof(long)..]);

        public ReadOnlyMemory<byte> Key { get; } = from.Slice(KeyAt, BinaryPrimitives.ReadInt32LittleEndian(from.Span[(2 * sizeof(long))..]));

        public int CompareTo(Entry other) =>
            Scope != other.Scope ? Scope.CompareTo(other.Scope)
            : Key.Span.SequenceCompareTo(other.Key.Span) is var order and not 0 ? order
            : Row.CompareTo(other.Row);
    }
}
