using System.Buffers.Binary;
using System.Text.Json;
using CrmSync.Core.Records;

namespace CrmSync.Core.Workflows.Import;

/// <summary>
/// A slice as it was observed: the pages as ConnectWise sent them, and what was read below its opportunities. Stored as pieces, each behind its length
/// (four bytes, little-endian); the last piece is the JSON of the children.
/// </summary>
internal sealed record ObservationPart(IReadOnlyList<ReadOnlyMemory<byte>> Pages, IReadOnlyDictionary<ConnectWiseId, OpportunityChildren> Children)
{
    public ReadOnlyMemory<byte> Write()
    {
        var children = JsonSerializer.SerializeToUtf8Bytes(
            Children.OrderBy(pair => pair.Key).Select(pair => new ChildrenOf(pair.Key, pair.Value)).ToList(), CoreJson.Options);
        var content = new byte[Pages.Sum(page => page.Length + sizeof(int)) + sizeof(int) + children.Length];
        var rest = content.AsSpan();
        foreach (var piece in Pages.Append(children))
        {
            BinaryPrimitives.WriteInt32LittleEndian(rest, piece.Length);
            piece.Span.CopyTo(rest[sizeof(int)..]);
            rest = rest[(sizeof(int) + piece.Length)..];
        }

        return content;
    }

    /// <summary>Reads a part. The pages are views of the content: nothing is copied.</summary>
    public static ObservationPart Read(ReadOnlyMemory<byte> content)
    {
        var pieces = new List<ReadOnlyMemory<byte>>();
        while (content.Length > 0)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(content.Span);
            pieces.Add(content.Slice(sizeof(int), length));
            content = content[(sizeof(int) + length)..];
        }

        var children = JsonSerializer.Deserialize<List<ChildrenOf>>(pieces[^1].Span, CoreJson.Options)!;
        return new ObservationPart(pieces[..^1], children.ToDictionary(item => item.Id, item => item.Children));
    }

    private sealed record ChildrenOf(ConnectWiseId Id, OpportunityChildren Children);
}
