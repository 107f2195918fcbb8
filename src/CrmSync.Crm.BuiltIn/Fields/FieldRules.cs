using System.Globalization;
using System.Text;
using System.Text.Json;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Crm.BuiltIn.Fields;

/// <summary>What a field accepts, and the form in which it is kept.</summary>
internal static class FieldRules
{
    /// <summary>The stored form of a value; an error where the field refuses it. Whether a reference exists is not looked at here.</summary>
    public static CrmError? Check(FieldDefinition field, string? given, out string? value)
    {
        value = null;
        if (field.ReadOnly)
        {
            return CrmErrors.ReadOnly(field);
        }

        if (string.IsNullOrWhiteSpace(given))
        {
            return null;
        }

        var text = WellFormed(given);
        var fits = field.Kind switch
        {
            FieldKind.Text or FieldKind.Phone or FieldKind.Url or FieldKind.Reference => Take(Canonical.Text(text), out value),
            FieldKind.LongText => Take(Canonical.LongText(text), out value),
            FieldKind.Email => Take(Canonical.Text(text), out value) && IsEmail(value),
            FieldKind.TextList => Take(Canonical.List(Canonical.Lines(Canonical.LongText(text))), out value),
            FieldKind.Number => Take(Number(text), out value) && value is not null,
            FieldKind.Boolean => Take(bool.TryParse(text, out var flag) ? Canonical.Boolean(flag) : null, out value) && value is not null,
            FieldKind.Date => Take(Day(text), out value) && value is not null,
            FieldKind.DateTime => Take(Instant(text), out value) && value is not null,
            FieldKind.Choice => Take(Canonical.Text(text), out value),
            FieldKind.LineItems => TryChildren(text, LineItem.Read, LineItem.Write, out value),
            FieldKind.Notes => TryChildren(text, NoteEntry.Read, NoteEntry.Write, out value),
        };

        if (!fits)
        {
            return CrmErrors.Invalid(field);
        }

        if (field.MaxLength is { } most && value?.Length > most)
        {
            return CrmErrors.TooLong(field, value.Length);
        }

        return field.Kind == FieldKind.Choice && value is not null ? CheckChoice(field, ref value) : null;
    }

    private static bool Take(string? form, out string? value)
    {
        value = form;
        return true;
    }

    // A name is found without case, and kept as the CRM spells it.
    private static CrmError? CheckChoice(FieldDefinition field, ref string value)
    {
        if (field.Choices.Count == 0)
        {
            return null;
        }

        foreach (var choice in field.Choices)
        {
            if (string.Equals(choice, value, StringComparison.OrdinalIgnoreCase))
            {
                value = choice;
                return null;
            }
        }

        return CrmErrors.UnknownChoice(field, value);
    }

    private static bool IsEmail(string? text)
    {
        if (text is null)
        {
            return true;
        }

        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at < text.Length - 1 && !text.Contains(' ', StringComparison.Ordinal);
    }

    private static string? Number(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? Canonical.Number(number) : null;

    private static string? Day(string text) =>
        DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? text.Trim() : null;

    private static string? Instant(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? Canonical.Instant(instant) : null;

    private static bool TryChildren<T>(string text, Func<string?, IReadOnlyList<T>> read, Func<IEnumerable<T>, string?> write, out string? value)
    {
        try
        {
            value = write(read(text));
            return true;
        }
        catch (JsonException)
        {
            value = null;
            return false;
        }
    }

    // UTF-8 has no form for half a surrogate pair: what could not be read back as written becomes U+FFFD before it is answered as stored.
    private static string WellFormed(string text) =>
        text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') < 0 ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
