using System.Collections.Frozen;
using CrmSync.Core.Records;

namespace CrmSync.Core.Setup;

/// <summary>Which kinds of value may flow into which: the one table of it.</summary>
public static class FieldCompatibility
{
    // Into a text goes whatever can be read as one. Into a narrower kind goes only what is always valid there, except that phones,
    // addresses of e-mail and of the web are texts on sides that have no kind of their own for them.
    private static readonly FrozenDictionary<FieldKind, FieldKind[]> Flows = new Dictionary<FieldKind, FieldKind[]>
    {
        [FieldKind.Text] = [FieldKind.Text, FieldKind.LongText, FieldKind.TextList, FieldKind.Phone, FieldKind.Email, FieldKind.Url],
        [FieldKind.LongText] = [FieldKind.LongText, FieldKind.Text],
        [FieldKind.Number] = [FieldKind.Number, FieldKind.Text, FieldKind.LongText],
        [FieldKind.Boolean] = [FieldKind.Boolean, FieldKind.Text, FieldKind.LongText],
        [FieldKind.Date] = [FieldKind.Date, FieldKind.DateTime, FieldKind.Text, FieldKind.LongText],
        [FieldKind.DateTime] = [FieldKind.DateTime, FieldKind.Date, FieldKind.Text, FieldKind.LongText],
        [FieldKind.Phone] = [FieldKind.Phone, FieldKind.Text, FieldKind.LongText, FieldKind.TextList],
        [FieldKind.Email] = [FieldKind.Email, FieldKind.Text, FieldKind.LongText, FieldKind.TextList],
        [FieldKind.Url] = [FieldKind.Url, FieldKind.Text, FieldKind.LongText, FieldKind.TextList],
        [FieldKind.Choice] = [FieldKind.Choice, FieldKind.Text, FieldKind.LongText],
        [FieldKind.TextList] = [FieldKind.TextList, FieldKind.LongText],
        [FieldKind.Reference] = [FieldKind.Reference],
        [FieldKind.LineItems] = [FieldKind.LineItems],
        [FieldKind.Notes] = [FieldKind.Notes],
    }.ToFrozenDictionary();

    /// <summary>
    /// Whether a field's values may be written to another. References must point to the same entity; a choice without a list of
    /// names takes any text.
    /// </summary>
    public static bool CanFlow(FieldDefinition from, FieldDefinition to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        var target = to is { Kind: FieldKind.Choice, Choices.Count: 0 } && from.Kind != FieldKind.Choice ? FieldKind.Text : to.Kind;
        return Flows[from.Kind].Contains(target) && (from.Kind != FieldKind.Reference || from.References == to.References);
    }

    /// <summary>The kinds into which a kind may flow.</summary>
    public static IReadOnlyList<FieldKind> TargetsOf(FieldKind kind) => Flows[kind];
}
