using CrmSync.Simulator.Accounts.Data;
using CrmSync.Simulator.Records;

namespace CrmSync.Simulator.Accounts;

/// <summary>The definitions of custom fields, and their values on records.</summary>
internal static class UserDefinedFields
{
    private const int Purpose = 800;

    /// <summary>The list of definitions.</summary>
    public static RecordList Build()
    {
        FieldDefinition[] option =
        [
            Field.Member("id", FieldKind.Integer), Field.Member("optionValue", FieldKind.Text), Field.Member("defaultFlag", FieldKind.Boolean),
            Field.Member("inactiveFlag", FieldKind.Boolean), Field.Member("sortOrder", FieldKind.Integer),
        ];
        return SetupTable.Build(
            "User Defined Field",
            [
                Field.Member("podId", FieldKind.Integer), Field.Member("caption", FieldKind.Text), Field.Member("sequenceNumber", FieldKind.Integer),
                Field.Member("fieldTypeIdentifier", FieldKind.Text), Field.Member("numberDecimals", FieldKind.Integer),
                Field.Member("entryTypeIdentifier", FieldKind.Text), Field.Member("requiredFlag", FieldKind.Boolean),
                Field.Member("displayOnScreenFlag", FieldKind.Boolean), Field.Member("readOnlyFlag", FieldKind.Boolean),
                Field.Member("listViewFlag", FieldKind.Boolean), Field.Objects("options", option, _ => default),
                Field.Integers("businessUnitIds"), Field.Integers("locationIds"), Field.Member("connectWiseID", FieldKind.Text),
                Field.Member("dateCreated", FieldKind.Date),
            ],
            System.Array.ConvertAll(CustomFields.All, Row));
    }

    /// <summary>The <c>customFields</c> member of a list: every defined field is always there, with <c>null</c> where it is empty.</summary>
    public static FieldDefinition ValuesOf(SimulatedList list, Draws draws)
    {
        var fields = System.Array.FindAll(CustomFields.All, f => f.List == list);
        FieldDefinition[] members =
        [
            Field.Member("id", FieldKind.Integer), Field.Member("caption", FieldKind.Text), Field.Member("type", FieldKind.Text),
            Field.Member("entryMethod", FieldKind.Text), Field.Member("numberOfDecimals", FieldKind.Integer),
            new FieldDefinition("value", FieldKind.Any, _ => default) { WritesNull = true },
            Field.Member("connectWiseId", FieldKind.Text), Field.Member("rowNum", FieldKind.Integer),
            Field.Member("userDefinedFieldRecId", FieldKind.Integer), Field.Member("podId", FieldKind.Text),
        ];
        return Field.Objects("customFields", members, k => FieldValue.Array([.. fields.Select((f, row) => Value(f, row, draws, k.Position))]));
    }

    private static object?[] Row(CustomField field, int index) =>
    [
        field.Id, field.PodId, field.Caption, index + 1, field.Type, field.Decimals, field.EntryMethod, false, true, false, true,
        field.Options.Length == 0 ? FieldValue.Null : FieldValue.Array([.. field.Options.Select(Option)]),
        FieldValue.Array(), FieldValue.Array(), field.ConnectWiseId, AccountClock.SetupDate,
    ];

    private static object?[] Row(CustomField field) => Row(field, System.Array.IndexOf(CustomFields.All, field));

    private static FieldValue Option(string text, int place) =>
        FieldValue.Inline(FieldValue.Of(place + 1), FieldValue.Of(text), FieldValue.Of(place == 0), FieldValue.Of(false), FieldValue.Of(place));

    private static FieldValue Value(CustomField field, int row, Draws draws, int index)
    {
        var value = draws.Chance(index, Purpose + row, Shares.CustomFieldFilled) ? Filled(field, draws, index, Purpose + 100 + row) : FieldValue.Null;
        return FieldValue.Inline(
            FieldValue.Of(field.Id), FieldValue.Of(field.Caption), FieldValue.Of(field.Type), FieldValue.Of(field.EntryMethod),
            FieldValue.Of(field.Decimals), value, FieldValue.Of(field.ConnectWiseId), FieldValue.Of(row + 1), FieldValue.Of(field.Id),
            FieldValue.Of(field.Pod));
    }

    private static FieldValue Filled(CustomField field, Draws draws, int index, int purpose) => field switch
    {
        { Options.Length: > 0 } => FieldValue.Of(draws.Pick(index, purpose, field.Options)),
        { Type: "Checkbox" } => FieldValue.Of(draws.Chance(index, purpose, 0.5)),
        { Type: "Number" } => FieldValue.Of(draws.Between(index, purpose, 1, 90_000)),
        { Type: "Percent" } => FieldValue.Of(draws.Between(index, purpose, 1, 4000) / 100.0),
        { Type: "Date" } => FieldValue.Of(RecordWriter.DateText(AccountClock.DayBefore(draws, index, purpose, 900))),
        _ when field.Caption.Contains("URL", StringComparison.Ordinal) =>
            FieldValue.Of($"https://www.linkedin.com/in/{draws.Below(index, purpose, 1_000_000)}"),
        _ => FieldValue.Of(draws.Pick(index, purpose, Names.Manufacturers)),
    };
}
