using System.Globalization;
using CrmSync.Core.Records;
using CrmSync.Crm.BuiltIn.Matching;
using CrmSync.Storage.Sqlite;

namespace CrmSync.Crm.BuiltIn.Records;

/// <summary>
/// One tenant's records of one entity: people see a letter and the number of a record's row ("C-1042"). An id of another entity or tenant has no row in
/// this scope.
/// </summary>
internal readonly record struct RecordScope(long Tenant, Entity Entity)
{
    /// <summary>The number of the scope, unique over tenants and entities.</summary>
    public long Value => Rows.Value;

    /// <inheritdoc cref="RowScope.Floor" />
    public long Floor => Rows.Floor;

    /// <inheritdoc cref="RowScope.Ceiling" />
    public long Ceiling => Rows.Ceiling;

    private RowScope Rows => RowScope.Of(Tenant, (int)Entity);

    /// <summary>The scope that a row belongs to.</summary>
    public static RecordScope OfRow(long row)
    {
        var scope = RowScope.OfRow(row);
        return new RecordScope(scope.Owner, (Entity)scope.Kind);
    }

    /// <summary>The same tenant's records of another entity.</summary>
    public RecordScope Of(Entity entity) => this with { Entity = entity };

    /// <summary>The number under which the scope's keys of a kind stand in the index.</summary>
    public long Keys(KeyKind kind) => (Value * 16) + (int)kind;

    /// <summary>The row of a record's number.</summary>
    public long Row(long number) => Rows.Row(number);

    /// <summary>The row that an id names; null where it can be none of this scope.</summary>
    public long? Row(CrmId id)
    {
        var text = id.Value;
        return text is { Length: > 2 and < 16 } && text[0] == Letter(Entity) && text[1] == '-' && text[2] != '0'
            && long.TryParse(text.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= RowScope.MostNumber
            ? Row(number)
            : null;
    }

    /// <summary>The id of a row of this scope.</summary>
    public CrmId Id(long row) => new(string.Create(CultureInfo.InvariantCulture, $"{Letter(Entity)}-{RowScope.NumberOf(row)}"));

    private static char Letter(Entity entity) => entity switch
    {
        Entity.User => 'U',
        Entity.Company => 'C',
        Entity.Contact => 'P',
        Entity.Solution => 'S',
        Entity.Activity => 'A',
        Entity.Opportunity => 'O',
        Entity.Employee => 'E',
    };
}
