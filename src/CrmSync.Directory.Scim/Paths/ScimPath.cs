namespace CrmSync.Scim.Paths;

/// <summary>The place of a value within a user (RFC 7644, 3.5.2): an attribute, one of its parts, or a part of those values that a filter picks.</summary>
internal sealed record ScimPath
{
    /// <summary>The core schema of users: its attributes are named without it.</summary>
    public const string CoreSchema = "urn:ietf:params:scim:schemas:core:2.0:User";

    /// <summary>The enterprise extension.</summary>
    public const string EnterpriseSchema = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    /// <summary>The extension that the attribute belongs to; null for the core schema.</summary>
    public string? Schema { get; init; }

    /// <summary>The attribute.</summary>
    public required string Attribute { get; init; }

    /// <summary>Which of several values; null where there is one only.</summary>
    public PathFilter? Filter { get; init; }

    /// <summary>The part of the attribute, or of the picked value; null for itself.</summary>
    public string? Sub { get; init; }

    /// <summary>The attribute with its schema, as a request names it.</summary>
    public string AttributeText => Schema is null ? Attribute : $"{Schema}:{Attribute}";

    /// <summary>The picked value itself, without its part.</summary>
    public string ElementText => Filter is null ? AttributeText : $"{AttributeText}[{Filter}]";

    /// <summary>The path as a request names it.</summary>
    public override string ToString() => Sub is null ? ElementText : $"{ElementText}.{Sub}";
}

/// <summary>Picks those of several values in which one part equals a text or a truth value.</summary>
/// <param name="Attribute">The part.</param>
/// <param name="Value">What it equals.</param>
/// <param name="IsFlag">Whether it is a truth value.</param>
internal sealed record PathFilter(string Attribute, string Value, bool IsFlag)
{
    /// <summary>The filter as a request names it.</summary>
    public override string ToString() => $"{Attribute} eq {(IsFlag ? Value : ScimFilter.Quote(Value))}";
}
