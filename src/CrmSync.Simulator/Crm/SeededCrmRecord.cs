namespace CrmSync.Simulator.Crm;

/// <summary>Why a record of the CRM resembles one of ConnectWise.</summary>
public enum Resemblance
{
    /// <summary>It stands for nothing in ConnectWise.</summary>
    None,

    /// <summary>The same phone number, written in another way.</summary>
    Phone,

    /// <summary>The same website, written in another way.</summary>
    Website,

    /// <summary>The same name, with another legal form or case.</summary>
    Name,

    /// <summary>The same e-mail address.</summary>
    Email,

    /// <summary>The same SKU.</summary>
    Sku,

    /// <summary>One of two records of the CRM that resemble one ConnectWise record equally.</summary>
    Ambiguous,
}

/// <summary>A record that was in the CRM before ConnectWise was connected.</summary>
/// <param name="Entity"><c>User</c>, <c>Company</c>, <c>Contact</c> or <c>Solution</c>.</param>
/// <param name="Key">Names the record among the seeded ones; contacts name their company by it.</param>
/// <param name="Fields">The CRM's fields. A contact's <c>company</c> is the company's <see cref="Key"/>.</param>
/// <param name="UpdatedAt">When somebody last changed it, UTC.</param>
/// <param name="Resemblance">By what it can be matched.</param>
/// <param name="ConnectWiseId">The id of the record that it resembles, or null: the truth that a test compares a match with.</param>
public sealed record SeededCrmRecord(
    string Entity,
    string Key,
    IReadOnlyDictionary<string, string> Fields,
    DateTimeOffset UpdatedAt,
    Resemblance Resemblance,
    int? ConnectWiseId);
