using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace CrmSync.Core;

/// <summary>Contents as one gzip member each, in pooled buffers: how stores keep parts and backups.</summary>
public static class Gzip
{
    /// <summary>The content as one gzip member.</summary>
    public static PooledBuffer Compress(ReadOnlySpan<byte> content)
    {
        // Never longer than its input but for the frame, however little it can be compressed.
        var most = content.Length + (content.Length / 100) + 1024;
        using var roomy = new PooledBuffer(most);
        using var target = roomy.OpenFree(most);
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(content);
        }

        // It may wait for its writer: not in a buffer that is many times too large.
        roomy.Advance((int)target.Position);
        var buffer = new PooledBuffer(roomy.Memory.Length);
        buffer.Write(roomy.Span);
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
