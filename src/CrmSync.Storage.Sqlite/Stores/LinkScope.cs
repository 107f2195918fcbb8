using CrmSync.Core.Records;

namespace CrmSync.Storage.Sqlite;

/// <summary>One tenant's links of one entity: their rows' numbers are the ConnectWise ids.</summary>
internal readonly record struct LinkScope(long Tenant, Entity Entity)
{
    /// <summary>The number of the scope, unique over tenants and entities.</summary>
    public long Value => Scope.Value;

    private RowScope Scope => RowScope.Of(Tenant, StoredValues.Number(Entity));

    /// <summary>The row of a ConnectWise id; null for one so high that no link can have it.</summary>
    public long? Row(ConnectWiseId id) => id.Value is >= 0 and <= RowScope.MostNumber ? Scope.Row(id.Value) : null;

    /// <summary>The rows of a range: after the one and up to the other.</summary>
    public (long After, long UpTo) Rows(IdRange range) => (Scope.Row(Number(range.After)), Scope.Row(Number(range.UpTo ?? RowScope.MostNumber)));

    /// <summary>The ConnectWise id of a row.</summary>
    public static ConnectWiseId IdOf(long row) => new(RowScope.NumberOf(row));

    private static long Number(long id) => Math.Clamp(id, 0, RowScope.MostNumber);
}
