using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CrmSync.Simulator.Http;

/// <summary>How all JSON of the simulator is written: only what must be escaped is.</summary>
internal static class JsonOptions
{
    public static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static readonly JsonWriterOptions Writer = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
}

/// <summary>Buffers that answers are written into, used again and again: a page may take megabytes.</summary>
internal sealed class BufferPool
{
    private const int MostKept = 8;

    private readonly ConcurrentBag<ArrayBufferWriter<byte>> _free = [];

    public ArrayBufferWriter<byte> Rent() => _free.TryTake(out var buffer) ? buffer : new ArrayBufferWriter<byte>(64 * 1024);

    public void Return(ArrayBufferWriter<byte>? buffer)
    {
        if (buffer is not null && _free.Count < MostKept)
        {
            buffer.ResetWrittenCount();
            _free.Add(buffer);
        }
    }
}
