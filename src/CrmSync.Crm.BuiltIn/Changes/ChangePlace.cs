using System.Globalization;

namespace CrmSync.Crm.BuiltIn.Changes;

/// <summary>A place in the list of changes: behind a record of one of its entries.</summary>
/// <param name="Entry">The entry's number; 0 before the first.</param>
/// <param name="Stamp">The entry's stamp; 0 before the first.</param>
/// <param name="Record">The number of the record within its scope; 0 before the first.</param>
internal readonly record struct ChangePlace(long Entry, long Stamp, long Record)
{
    /// <summary>The place as it goes out into the world.</summary>
    public string Cursor => string.Create(CultureInfo.InvariantCulture, $"{Entry}.{Stamp:x16}.{Record}");

    /// <summary>The place that a cursor names; null where it is none of ours.</summary>
    public static ChangePlace? Of(string cursor) =>
        cursor.Split('.') is [var entry, var stamp, var record]
        && long.TryParse(entry, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && long.TryParse(stamp, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var mark)
        && long.TryParse(record, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
        && new ChangePlace(number, mark, place) is var parsed && parsed.Cursor == cursor
            ? parsed
            : null;
}
