using CrmSync.Simulator.Records;

namespace CrmSync.Simulator.Accounts;

/// <summary>Makes a list from rows that are written down: a set-up table of the account.</summary>
internal static class SetupTable
{
    /// <param name="title">The name in error messages.</param>
    /// <param name="columns">The members after <c>id</c>, each made by <see cref="Field.Member"/>.</param>
    /// <param name="rows">The id and then a value a column, ids ascending; a reference's value is its id.</param>
    public static RecordList Build(string title, FieldDefinition[] columns, params object?[][] rows)
    {
        FieldDefinition[] fields = [Field.Member("id", FieldKind.Integer), .. columns];
        var readers = new FieldDefinition[fields.Length];
        for (var i = 0; i < fields.Length; i++)
        {
            readers[i] = FromRows(fields[i], i, rows);
        }

        RecordList? list = null;
        var definition = new RecordDefinition(title, [.. readers, .. InfoFields.For(() => list!, AccountClock.SetupDate)]);
        return list = new RecordList(definition, new ListedIds(System.Array.ConvertAll(rows, r => (int)r[0]!)));
    }

    private static FieldDefinition FromRows(FieldDefinition column, int index, object?[][] rows) =>
        new(column.Name, column.Kind, k => ToValue(rows[k.Position][index], column.Kind), column.Children)
        {
            AllowedValues = column.AllowedValues,
            ElementKind = column.ElementKind,
        };

    private static FieldValue ToValue(object? value, FieldKind kind) => value switch
    {
        null => FieldValue.Null,
        int id when kind == FieldKind.Reference => FieldValue.Reference(id),
        int number => FieldValue.Of(number),
        double number => FieldValue.Of(number),
        bool flag => FieldValue.Of(flag),
        long seconds => FieldValue.Date(seconds),
        string text => FieldValue.Of(text),
        FieldValue ready => ready,
        _ => throw new ArgumentException($"A set-up table cannot hold a {value.GetType().Name}.", nameof(value)),
    };
}
