using System.Buffers;

namespace CrmSync.Core;

/// <summary>
/// Bytes in an array of the shared pool: grows as it is written, and goes back when it is disposed. For pages and parts, which are too large to be
/// made anew each time. One that is never disposed is left to the collector. Not for use by two threads at once.
/// </summary>
public sealed class PooledBuffer : IBufferWriter<byte>, IMemoryOwner<byte>
{
    private byte[] _array;
    private int _length;

    /// <summary>Makes an empty buffer.</summary>
    /// <param name="capacity">Bytes that are expected.</param>
    public PooledBuffer(int capacity = 4096) => _array = ArrayPool<byte>.Shared.Rent(capacity);

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

    /// <summary>A stream that writes into what is free of the buffer, which does not grow meanwhile; its position is how far to advance.</summary>
    /// <param name="most">Bytes that have room.</param>
    public MemoryStream OpenFree(int most)
    {
        Reserve(most);
        return new MemoryStream(_array, _length, _array.Length - _length);
    }

    /// <summary>A stream over what was written.</summary>
    public MemoryStream OpenWritten() => new(_array, 0, _length, writable: false);

    /// <inheritdoc />
    public void Dispose()
    {
        var array = Interlocked.Exchange(ref _array, []);
        _length = 0;
        if (array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }

    private void Reserve(int more)
    {
        more = Math.Max(1, more);
        if (_array.Length - _length >= more)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_length + more, _array.Length * 2));
        Span.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_array);
        _array = larger;
    }
}
