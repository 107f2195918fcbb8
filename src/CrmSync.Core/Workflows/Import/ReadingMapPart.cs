namespace CrmSync.Core.Workflows.Import;

/// <summary>The ids of a slice, ascending, as differences in seven-bit pieces: about a byte a record.</summary>
internal static class ReadingMapPart
{
    public static ReadOnlyMemory<byte> Write(IReadOnlyList<long> ids)
    {
        var buffer = new MemoryStream(ids.Count * 2);
        using var writer = new BinaryWriter(buffer);
        var last = 0L;
        foreach (var id in ids)
        {
            writer.Write7BitEncodedInt64(id - last);
            last = id;
        }

        writer.Flush();
        return buffer.ToArray();
    }

    public static IEnumerable<long> Read(ReadOnlyMemory<byte> content)
    {
        using var reader = new BinaryReader(new MemoryStream(content.ToArray(), writable: false));
        for (var last = 0L; reader.BaseStream.Position < reader.BaseStream.Length;)
        {
            last += reader.Read7BitEncodedInt64();
            yield return last;
        }
    }
}
