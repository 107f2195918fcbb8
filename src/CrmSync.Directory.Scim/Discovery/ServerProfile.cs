namespace CrmSync.Scim.Discovery;

/// <summary>What a directory says about itself; where it says nothing, what RFC 7644 lets one expect.</summary>
internal sealed record ServerProfile
{
    /// <summary>The path of users below the base address.</summary>
    public string UsersPath { get; init; } = "Users";

    /// <summary>Whether it changes single values; otherwise whole users are replaced.</summary>
    public bool Patch { get; init; } = true;

    /// <summary>Whether it searches.</summary>
    public bool Filter { get; init; } = true;

    /// <summary>Whether lists can be asked for in an order.</summary>
    public bool Sort { get; init; }

    /// <summary>Whether it takes the version that a user must still have.</summary>
    public bool Etag { get; init; }

    /// <summary>Whether pages go by cursor (RFC 9865); otherwise by index.</summary>
    public bool Cursor { get; init; }

    /// <summary>How many users are asked for at once.</summary>
    public int PageSize { get; init; } = DefaultPageSize;

    /// <summary>The schemas and their attributes.</summary>
    public SchemaCatalog Schemas { get; init; } = SchemaCatalog.Unknown;

    /// <summary>Users on a page where the directory names no limit.</summary>
    public const int DefaultPageSize = 200;

    /// <summary>Users on a page at most, whatever the directory offers.</summary>
    public const int MostOnPage = 1000;
}
