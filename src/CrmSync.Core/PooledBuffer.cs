using System.Buffers;

namespace CrmSync.Core;

/// <summary>
/// Bytes in an array of a pool: grows as it is written, and goes back when it is disposed. For pages and parts, which are too large to be
/// made anew each time. One that is never disposed is left to the collector. Not for use by two threads at once.
/// </summary>
public sealed class PooledBuffer : IBufferWriter<byte>, IMemoryOwner<byte>
{
    private const int LargestKept = 16 * 1024 * 1024;
    private const int MostKeptOfASize = 64;

    // Not the shared pool: that one keeps an array of each size for every thread that ever gave one back.
    private static readonly ArrayPool<byte> Pool = ArrayPool<byte>.Create(LargestKept, MostKeptOfASize);

    private byte[] _array;
    private int _length;

    /// <summary>Makes an empty buffer.</summary>
    /// <param name="capacity">Bytes that are expected.</param>
    public PooledBuffer(int capacity = 4096) => _array = Pool.Rent(capacity);

    /// <summary>What was written; valid until the buffer is written again or disposed.</summary>
    public Memory<byte> Memory => _array.AsMemory(0, _length);

    /// <summary>The same as a span.</summary>
    public Span<byte> Span => _array.AsSpan(0, _length);

    /// <inheritdoc />
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _array.Length - _length);
        _length += count;
    }

    /// <inheritdoc />
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsMemory(_length);
    }

    /// <inheritdoc />
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsSpan(_length);
    }

    /// <summary>A stream that writes to the end of the buffer; closing it leaves the buffer as it is.</summary>
    public Stream OpenEnd() => new End(this);

    /// <summary>A stream over what was written.</summary>
    public MemoryStream OpenWritten() => new(_array, 0, _length, writable: false);

    /// <inheritdoc />
    public void Dispose()
    {
        var array = Interlocked.Exchange(ref _array, []);
        _length = 0;
        if (array.Length > 0)
        {
            Pool.Return(array);
        }
    }

    private sealed class End(PooledBuffer buffer) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(ReadOnlySpan<byte> bytes) => buffer.Write(bytes);

        public override void Write(byte[] bytes, int offset, int count) => buffer.Write(bytes.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override int Read(byte[] bytes, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }

    private void Reserve(int more)
    {
        more = Math.Max(1, more);
        if (_array.Length - _length >= more)
        {
            return;
        }

        var larger = Pool.Rent(Math.Max(_length + more, _array.Length * 2));
        Span.CopyTo(larger);
        Pool.Return(_array);
        _array = larger;
    }
}
