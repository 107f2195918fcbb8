using System.Collections.Frozen;
using System.Globalization;

namespace CrmSync.Core.Records;

/// <summary>A record as the CRM showed it, in canonical form. References in its fields are CRM ids.</summary>
public sealed class CrmRecord
{
    /// <summary>Its id.</summary>
    public required CrmId Id { get; init; }

    /// <summary>When it was last changed, by the CRM's clock; null where the CRM does not say.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The key that CrmSync gave it on creation; null for a record that someone else created.</summary>
    public string? ExternalKey { get; init; }

    /// <summary>Its fields, all of them.</summary>
    public required FieldValues Fields { get; init; }
}

/// <summary>The key that marks a record in the CRM as made from a ConnectWise record: what makes a repeated create find the first.</summary>
public static class ExternalKeys
{
    private static readonly FrozenDictionary<Entity, string> Names =
        Enum.GetValues<Entity>().ToFrozenDictionary(entity => entity, entity => entity.ToString().ToLowerInvariant());

    /// <summary>The key of a record: unique over ConnectWise accounts and entities.</summary>
    public static string Of(string connectWiseCompany, Entity entity, ConnectWiseId id) =>
        string.Create(CultureInfo.InvariantCulture, $"cw:{connectWiseCompany.ToLowerInvariant()}:{Names[entity]}:{id.Value}");

    /// <summary>Whether a key was given to a record of another ConnectWise record of the same account and entity.</summary>
    public static bool IsOfAnother(string? key, string connectWiseCompany, Entity entity, ConnectWiseId id) =>
        key is not null && key.StartsWith(Beginning(connectWiseCompany, entity), StringComparison.Ordinal) && key != Of(connectWiseCompany, entity, id);

    private static string Beginning(string connectWiseCompany, Entity entity) => $"cw:{connectWiseCompany.ToLowerInvariant()}:{Names[entity]}:";
}
