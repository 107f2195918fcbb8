using CrmSync.Core;

namespace CrmSync.ConnectWise.Http;

/// <summary>Reads a body whole, through a pooled buffer, up to a limit.</summary>
internal static class BodyReader
{
    /// <summary>The body, of about <paramref name="usual"/> bytes; null when it is longer than <paramref name="most"/>.</summary>
    public static async Task<PooledBuffer?> ReadAsync(HttpContent content, int usual, int most, CancellationToken cancellation)
    {
        if (content.Headers.ContentLength > most)
        {
            return null;
        }

        var stream = await content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var buffer = new PooledBuffer((int)Math.Clamp(content.Headers.ContentLength + 1 ?? usual, 1, most));
            try
            {
                while (await stream.ReadAsync(buffer.GetMemory(), cancellation).ConfigureAwait(false) is var read and > 0)
                {
                    buffer.Advance(read);
                    if (buffer.Memory.Length > most)
                    {
                        buffer.Dispose();
                        return null;
                    }
                }

                return buffer;
            }
            catch
            {
                buffer.Dispose();
                throw;
            }
        }
    }
}
