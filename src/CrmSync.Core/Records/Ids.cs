using System.Globalization;

namespace CrmSync.Core.Records;

/// <summary>The id of a record in ConnectWise: positive, never reused, ascending in the order of creation.</summary>
/// <param name="Value">The number that ConnectWise shows.</param>
public readonly record struct ConnectWiseId(long Value) : IComparable<ConnectWiseId>
{
    /// <inheritdoc />
    public int CompareTo(ConnectWiseId other) => Value.CompareTo(other.Value);

    /// <summary>Reads the number as it stands in an address or a field; null where it is no positive number.</summary>
    public static ConnectWiseId? TryParse(ReadOnlySpan<char> text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 ? new ConnectWiseId(value) : null;

    /// <inheritdoc />
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The id of a record in the CRM: opaque, compared ordinally.</summary>
/// <param name="Value">The id as the CRM writes it; never empty.</param>
public readonly record struct CrmId(string Value) : IComparable<CrmId>
{
    /// <inheritdoc />
    public int CompareTo(CrmId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc />
    public override string ToString() => Value;
}

/// <summary>The id of one customer account: lower-case letters, digits and hyphens, 1 to 40 of them.</summary>
/// <param name="Value">The id as it stands in addresses.</param>
public readonly record struct TenantId(string Value)
{
    /// <summary>Whether a text can be a tenant's id.</summary>
    public static bool IsValid(string? text) =>
        text is { Length: > 0 and <= 40 } && text.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-') && text[0] != '-';

    /// <inheritdoc />
    public override string ToString() => Value;
}

/// <summary>The id of a run: unique within the product and sortable by the time of its start.</summary>
/// <param name="Value">The id as it stands in addresses.</param>
public readonly record struct RunId(string Value)
{
    /// <inheritdoc />
    public override string ToString() => Value;
}

/// <summary>A range of ConnectWise ids.</summary>
/// <param name="After">Exclusive lower bound; 0 for the beginning.</param>
/// <param name="UpTo">Inclusive upper bound; null for an open end.</param>
public sealed record IdRange(long After, long? UpTo)
{
    /// <summary>Whether an id lies in the range.</summary>
    public bool Contains(ConnectWiseId id) => id.Value > After && (UpTo is null || id.Value <= UpTo);
}
