using CrmSync.Core.Matching;

namespace CrmSync.Crm.BuiltIn.Matching;

/// <summary>The kinds of key in the index. The numbers are stored.</summary>
internal enum KeyKind
{
    Phone = 0,
    Website = 1,
    Name = 2,
    Email = 3,
    PersonName = 4,
    Sku = 5,

    /// <summary>The id of a record that a field points to: finds who points to it.</summary>
    Reference = 15,
}

/// <summary>One entry of the index: the key's scope and text, and the row that carries it.</summary>
internal readonly record struct IndexEntry(long Scope, string Key, long Row);

/// <summary>Core's kinds in the index.</summary>
internal static class KeyKinds
{
    /// <summary>Where keys of a kind stand; null for external keys, which have a table of their own.</summary>
    public static KeyKind? Of(MatchKind kind) => kind switch
    {
        MatchKind.Phone => KeyKind.Phone,
        MatchKind.Website => KeyKind.Website,
        MatchKind.Name => KeyKind.Name,
        MatchKind.Email => KeyKind.Email,
        MatchKind.PersonName => KeyKind.PersonName,
        MatchKind.Sku => KeyKind.Sku,
        MatchKind.ExternalKey => null,
    };
}
