using System.Buffers.Binary;
using System.Text;
using CrmSync.Core;

namespace CrmSync.Crm.BuiltIn.Matching;

/// <summary>
/// Index entries in the form in which they wait for the index: each is its scope, its record and the length of its key, all little-endian, and the key as
/// UTF-8.
/// </summary>
internal sealed class KeyBatch(int capacity) : IDisposable
{
    public const int RowAt = sizeof(long);
    public const int LengthAt = RowAt + sizeof(long);
    public const int KeyAt = LengthAt + sizeof(int);

    /// <summary>Bytes of an entry, about.</summary>
    public const int UsualSize = KeyAt + 24;

    /// <summary>Bytes of a record's entries, about.</summary>
    public const int UsualOfARecord = 4 * UsualSize;

    private readonly PooledBuffer _bytes = new(capacity);

    /// <summary>How many entries there are.</summary>
    public int Count { get; private set; }

    /// <summary>The entries, one behind the other.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.Span;

    public void Add(IndexEntry entry)
    {
        var length = Encoding.UTF8.GetByteCount(entry.Key);
        var target = _bytes.GetSpan(KeyAt + length);
        BinaryPrimitives.WriteInt64LittleEndian(target, entry.Scope);
        BinaryPrimitives.WriteInt64LittleEndian(target[RowAt..], entry.Row);
        BinaryPrimitives.WriteInt32LittleEndian(target[LengthAt..], length);
        Encoding.UTF8.GetBytes(entry.Key, target[KeyAt..]);
        _bytes.Advance(KeyAt + length);
        Count++;
    }

    /// <summary>Adds entries of another batch as those of a record.</summary>
    public void Add(ReadOnlySpan<byte> entries, long row)
    {
        var target = _bytes.GetSpan(entries.Length)[..entries.Length];
        entries.CopyTo(target);
        for (; target.Length > 0; target = target[(KeyAt + BinaryPrimitives.ReadInt32LittleEndian(target[LengthAt..]))..])
        {
            BinaryPrimitives.WriteInt64LittleEndian(target[RowAt..], row);
            Count++;
        }

        _bytes.Advance(entries.Length);
    }

    public void Dispose() => _bytes.Dispose();
}
