using CrmSync.Core.Records;

namespace CrmSync.Core.Workflows.Import;

/// <summary>A slice as it was observed: the pages as ConnectWise sent them, and what was read below its opportunities.</summary>
internal sealed record ObservationPart(IReadOnlyList<ReadOnlyMemory<byte>> Pages, IReadOnlyDictionary<ConnectWiseId, OpportunityChildren> Children)
{
    public ReadOnlyMemory<byte> Write()
    {
        var children = CoreJson.Serialize(Children.OrderBy(pair => pair.Key).Select(pair => new ChildrenOf(pair.Key, pair.Value)).ToList());
        var buffer = new MemoryStream(Pages.Sum(page => page.Length + 4) + children.Length + 16);
        using var writer = new BinaryWriter(buffer);
        writer.Write(Pages.Count);
        foreach (var page in Pages)
        {
            writer.Write(page.Length);
            writer.Write(page.Span);
        }

        writer.Write(children);
        writer.Flush();
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    public static ObservationPart Read(ReadOnlyMemory<byte> content)
    {
        using var reader = new BinaryReader(new MemoryStream(content.ToArray(), writable: false));
        var pages = new List<ReadOnlyMemory<byte>>();
        for (var rest = reader.ReadInt32(); rest > 0; rest--)
        {
            pages.Add(reader.ReadBytes(reader.ReadInt32()));
        }

        var children = CoreJson.Deserialize<List<ChildrenOf>>(reader.ReadString());
        return new ObservationPart(pages, children.ToDictionary(item => item.Id, item => item.Children));
    }

    private sealed record ChildrenOf(ConnectWiseId Id, OpportunityChildren Children);
}

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
