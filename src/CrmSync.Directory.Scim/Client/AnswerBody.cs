namespace CrmSync.Scim.Client;

/// <summary>Reads a body whole, up to a limit.</summary>
internal static class AnswerBody
{
    private const int Piece = 64 * 1024;

    /// <summary>The body; null when it is longer than <paramref name="most"/> bytes.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContent content, int most, CancellationToken cancellation)
    {
        if (content.Headers.ContentLength > most)
        {
            return null;
        }

        var stream = await content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            using var body = new MemoryStream((int)(content.Headers.ContentLength ?? Piece));
            var piece = new byte[Piece];
            int read;
            while ((read = await stream.ReadAsync(piece, cancellation).ConfigureAwait(false)) > 0)
            {
                if (body.Length + read > most)
                {
                    return null;
                }

                body.Write(piece, 0, read);
            }

            return body.GetBuffer().AsMemory(0, (int)body.Length);
        }
    }
}
