namespace CrmSync.Core.Matching;

/// <summary>What kind of value a match key compares.</summary>
public enum MatchKind
{
    /// <summary>A phone number in E.164 form.</summary>
    Phone,

    /// <summary>The host of a web address.</summary>
    Website,

    /// <summary>A company's or solution's normalised name.</summary>
    Name,

    /// <summary>An e-mail address in lower case.</summary>
    Email,

    /// <summary>A person's normalised full name.</summary>
    PersonName,

    /// <summary>A solution's identifier or SKU, without case.</summary>
    Sku,

    /// <summary>The external key that CrmSync gave a record, compared exactly.</summary>
    ExternalKey,
}

/// <summary>A normalised value by which a record can be found.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">The normal form, never empty.</param>
public readonly record struct MatchKey(MatchKind Kind, string Value);
