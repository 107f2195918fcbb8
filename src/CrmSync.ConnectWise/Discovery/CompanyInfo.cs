using System.Text.Json;

namespace CrmSync.ConnectWise.Discovery;

/// <summary>What a site tells anybody about one of its companies: <c>/login/companyinfo/{id}</c>.</summary>
internal sealed record CompanyInfo
{
    /// <summary>Folder of the tenant's release, with its trailing slash: <c>v4_6_release/</c>, <c>v2025_1/</c>.</summary>
    public required string Codebase { get; init; }

    /// <summary>True for the vendor's cloud; the site says it as a boolean or as a word.</summary>
    public required bool IsCloud { get; init; }

    /// <summary>The host that the site names for this company; shown, never called. Empty when none is named.</summary>
    public required string SiteUrl { get; init; }

    /// <summary>Reads an answer that is complete JSON. Null when the site does not know the company, or names no usable codebase.</summary>
    public static CompanyInfo? Parse(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var codebase = Text(root, "Codebase").Trim('/');

        // The codebase becomes part of every address, so it must be one plain folder name.
        if (codebase.Length == 0 || codebase.Contains("..", StringComparison.Ordinal)
            || !codebase.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.'))
        {
            return null;
        }

        return new CompanyInfo
        {
            Codebase = codebase + "/",
            IsCloud = IsTrue(root, "IsCloud"),
            SiteUrl = Text(root, "SiteUrl"),
        };
    }

    private static bool IsTrue(JsonElement root, string name) => root.TryGetProperty(name, out var value)
        && (value.ValueKind == JsonValueKind.True
            || (value.ValueKind == JsonValueKind.String && string.Equals(value.GetString(), "true", StringComparison.OrdinalIgnoreCase)));

    private static string Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : "";
}
