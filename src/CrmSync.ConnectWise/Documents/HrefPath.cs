namespace CrmSync.ConnectWise.Documents;

/// <summary>Takes the usable part out of a link that ConnectWise wrote.</summary>
internal static class HrefPath
{
    private const string Marker = "apis/3.0/";

    /// <summary>
    /// Path and query below <c>apis/3.0/</c>, doubled slashes collapsed. Links may carry the host of the user interface, an old codebase and
    /// doubled slashes (seen live), so host and codebase are never used. False for anything that is no link to the API.
    /// </summary>
    public static bool TryRead(string? href, out string path, out string query)
    {
        path = "";
        query = "";
        var start = href?.IndexOf(Marker, StringComparison.OrdinalIgnoreCase) ?? -1;
        if (start < 0)
        {
            return false;
        }

        var rest = href![(start + Marker.Length)..];
        var hash = rest.IndexOf('#', StringComparison.Ordinal);
        rest = hash < 0 ? rest : rest[..hash];
        var mark = rest.IndexOf('?', StringComparison.Ordinal);
        query = mark < 0 ? "" : rest[(mark + 1)..];
        var segments = (mark < 0 ? rest : rest[..mark]).Split('/', StringSplitOptions.RemoveEmptyEntries);

        // A dot segment, encoded or not, would leave the API's folder.
        if (segments.Length == 0 || segments.Any(s => Uri.UnescapeDataString(s) is "." or ".." || s.Contains('\\', StringComparison.Ordinal)))
        {
            return false;
        }

        path = string.Join('/', segments);
        return true;
    }
}
