using System.Buffers.Binary;
using System.IO.Compression;

namespace CrmSync.Core;

/// <summary>Contents as one gzip member each, in pooled buffers: how stores keep parts and backups.</summary>
public static class Gzip
{
    // What records as JSON shrink by, about: the buffer begins small and grows where they shrink less.
    private const int UsualRatio = 8;

    /// <summary>The content as one gzip member.</summary>
    public static PooledBuffer Compress(ReadOnlySpan<byte> content)
    {
        // It may wait for its writer: not in a buffer that is many times too large.
        var buffer = new PooledBuffer(content.Length / UsualRatio);
        using (var gzip = new GZipStream(buffer.OpenEnd(), CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return buffer;
    }

    /// <summary>What <see cref="Compress"/> made its input of.</summary>
    public static PooledBuffer Decompress(PooledBuffer content)
    {
        ArgumentNullException.ThrowIfNull(content);
        // Nothing compresses to nothing.
        if (content.Memory.Length == 0)
        {
            return new PooledBuffer(0);
        }

        // A gzip member ends with the length of what it holds: parts are megabytes, and one buffer of the right size is all that is wanted.
        var length = (int)BinaryPrimitives.ReadUInt32LittleEndian(content.Span[^sizeof(uint)..]);
        var target = new PooledBuffer(length);
        using var gzip = new GZipStream(content.OpenWritten(), CompressionMode.Decompress);
        gzip.ReadExactly(target.GetSpan(length)[..length]);
        target.Advance(length);
        return target;
    }
}
