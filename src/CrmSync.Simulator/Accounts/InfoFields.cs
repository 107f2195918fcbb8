using CrmSync.Simulator.Records;

namespace CrmSync.Simulator.Accounts;

/// <summary><c>_info</c>, and behind it the two fields that it shows and that conditions know under their own names.</summary>
internal static class InfoFields
{
    public const string LastUpdated = "lastUpdated";
    public const string UpdatedBy = "updatedBy";

    /// <summary>For a generated list.</summary>
    public static FieldDefinition[] For(Func<RecordList> list, Func<int, long> lastUpdated, Func<int, string> updatedBy,
        params (string Name, string Path)[] links)
    {
        var date = new FieldDefinition(LastUpdated, FieldKind.Date, k => FieldValue.Date(lastUpdated(k.Position))) { IsHidden = true };
        var author = new FieldDefinition(UpdatedBy, FieldKind.Text, k => FieldValue.Of(updatedBy(k.Position))) { IsHidden = true };
        var info = new FieldDefinition("_info", FieldKind.Object, FieldValue.Keyed,
        [
            new FieldDefinition(LastUpdated, FieldKind.Date, k => list().Read(k, date)),
            new FieldDefinition(UpdatedBy, FieldKind.Text, k => list().Read(k, author)),
            .. links.Select(l => Field.Link(l.Name, l.Path)),
        ]);
        return [date, author, info];
    }

    /// <summary>For a set-up table.</summary>
    public static FieldDefinition[] For(Func<RecordList> list, long lastUpdated) => For(list, _ => lastUpdated, _ => "Admin1");

    /// <summary>For the rows of a child list, whose values are stored.</summary>
    public static FieldDefinition Stored() =>
        Field.Member("_info", FieldKind.Object, Field.Member(LastUpdated, FieldKind.Date), Field.Member(UpdatedBy, FieldKind.Text));
}
