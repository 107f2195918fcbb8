using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Storage.Sqlite;

/// <summary>How values stand in columns. Enums have numbers of their own: a case added between others must not change what was stored.</summary>
internal static class StoredValues
{
    public static long Number(Entity entity) => entity switch
    {
        Entity.User => 0,
        Entity.Company => 1,
        Entity.Contact => 2,
        Entity.Solution => 3,
        Entity.Activity => 4,
        Entity.Opportunity => 5,
    };

    public static Entity ToEntity(long number) => number switch
    {
        0 => Entity.User,
        1 => Entity.Company,
        2 => Entity.Contact,
        3 => Entity.Solution,
        4 => Entity.Activity,
        5 => Entity.Opportunity,
        _ => throw new InvalidDataException($"No entity has the number {number}."),
    };

    public static long Number(PartKind kind) => kind switch
    {
        PartKind.Settings => 0,
        PartKind.Observation => 1,
        PartKind.ReadingMap => 2,
        PartKind.Claims => 3,
        PartKind.Decisions => 4,
        PartKind.Plan => 5,
        PartKind.Results => 6,
    };

    /// <summary>A time as its ticks in UTC: exact, ordered, eight bytes.</summary>
    public static long Ticks(DateTimeOffset time) => time.UtcTicks;

    public static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);

    /// <summary>A JSON array for json_each.</summary>
    public static string JsonArray(IEnumerable<ConnectWiseId> ids)
    {
        var text = new StringBuilder("[");
        foreach (var id in ids)
        {
            text.Append(text.Length > 1 ? "," : "").Append(id.Value);
        }

        return text.Append(']').ToString();
    }

    /// <inheritdoc cref="JsonArray(IEnumerable{ConnectWiseId})" />
    public static string JsonArray(IEnumerable<CrmId> ids) => JsonSerializer.Serialize(ids.Select(id => id.Value), Core.CoreJson.Options);

    /// <summary>The content as one gzip member.</summary>
    public static byte[] Compress(ReadOnlySpan<byte> content)
    {
        // Never longer than its input but for the frame, however little it can be compressed.
        var buffer = ArrayPool<byte>.Shared.Rent(content.Length + (content.Length / 100) + 1024);
        try
        {
            using var target = new MemoryStream(buffer);
            using (var gzip = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true))
            {
                gzip.Write(content);
            }

            return buffer.AsSpan(0, (int)target.Position).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>What <see cref="Compress"/> made its input of.</summary>
    public static byte[] Decompress(byte[] content)
    {
        // Nothing compresses to nothing.
        if (content.Length == 0)
        {
            return [];
        }

        // A gzip member ends with the length of what it holds: parts are megabytes, and one buffer of the right size is all that is wanted.
        var target = new byte[BinaryPrimitives.ReadUInt32LittleEndian(content.AsSpan(content.Length - sizeof(uint)))];
        using var gzip = new GZipStream(new MemoryStream(content), CompressionMode.Decompress);
        gzip.ReadExactly(target);
        return target;
    }
}
