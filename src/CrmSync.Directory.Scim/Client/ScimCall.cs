using System.Text.Json.Nodes;

namespace CrmSync.Scim.Client;

/// <summary>One request.</summary>
internal sealed record ScimCall
{
    /// <summary>What it does.</summary>
    public required HttpMethod Method { get; init; }

    /// <summary>What is asked, without ids and values: this may be logged.</summary>
    public required string Resource { get; init; }

    /// <summary>The path below the base address, encoded, with the query.</summary>
    public required string Path { get; init; }

    /// <summary>The body; null for none.</summary>
    public JsonObject? Body { get; init; }

    /// <summary>The version that the resource must still have; null for any.</summary>
    public string? IfMatch { get; init; }

    /// <summary>Whether the directory may be unable to do it: then a 500 or a web page says just that, and is no reason to ask again.</summary>
    public bool Tentative { get; init; }

    /// <summary>Whether it may be sent again when its outcome is unknown; whoever changes something reads first what has become of it.</summary>
    public bool Repeatable => Method == HttpMethod.Get || Method == HttpMethod.Delete;

    public static ScimCall Get(string resource, string path) => new() { Method = HttpMethod.Get, Resource = resource, Path = path };
}
