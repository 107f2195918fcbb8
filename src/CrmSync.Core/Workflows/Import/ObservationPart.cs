using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using CrmSync.Core.Records;

namespace CrmSync.Core.Workflows.Import;

/// <summary>
/// A page as it was observed: as ConnectWise sent it, and what was read below its opportunities. Stored as the page's length (four bytes, little-endian),
/// the page, and the JSON of the children.
/// </summary>
internal sealed record ObservationPart(ReadOnlyMemory<byte> Page, IReadOnlyDictionary<ConnectWiseId, OpportunityChildren> Children)
{
    public PooledBuffer Write()
    {
        var children = JsonSerializer.SerializeToUtf8Bytes(
            Children.OrderBy(pair => pair.Key).Select(pair => new ChildrenOf(pair.Key, pair.Value)).ToList(), CoreJson.Options);
        var content = new PooledBuffer(sizeof(int) + Page.Length + children.Length);
        BinaryPrimitives.WriteInt32LittleEndian(content.GetSpan(sizeof(int)), Page.Length);
        content.Advance(sizeof(int));
        content.Write(Page.Span);
        content.Write(children);
        return content;
    }

    /// <summary>Reads a part. The page is a view of the content: nothing is copied.</summary>
    public static ObservationPart Read(ReadOnlyMemory<byte> content)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(content.Span);
        var children = JsonSerializer.Deserialize<List<ChildrenOf>>(content.Span[(sizeof(int) + length)..], CoreJson.Options)!;
        return new ObservationPart(content.Slice(sizeof(int), length), children.ToDictionary(item => item.Id, item => item.Children));
    }

    private sealed record ChildrenOf(ConnectWiseId Id, OpportunityChildren Children);
}
