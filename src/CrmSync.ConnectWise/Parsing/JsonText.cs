using System.Globalization;
using System.Text.Json;
using CrmSync.Core.Records;

namespace CrmSync.ConnectWise.Parsing;

/// <summary>Reads values as canonical text, whatever JSON type the site chose for them.</summary>
internal static class JsonText
{
    /// <summary>The value at the reader in the canonical form of a kind; null when it is blank, or is no such value. Ends on the value's last token.</summary>
    public static string? Read(ref Utf8JsonReader reader, FieldKind kind)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return kind is FieldKind.Date or FieldKind.DateTime ? Format(Instant(ref reader), kind) : Of(reader.GetString(), kind);
            case JsonTokenType.Number when kind is FieldKind.Number or FieldKind.Boolean:
                return reader.TryGetDecimal(out var number) ? Canonical.Number(number) : null;
            case JsonTokenType.Number:
                return Canonical.Text(System.Text.Encoding.UTF8.GetString(reader.ValueSpan));
            case JsonTokenType.True:
                return "true";
            case JsonTokenType.False:
                return "false";
            default:
                reader.Skip();
                return null;
        }
    }

    /// <summary>The text at the reader as it is; one that is blank is null, and one with line breaks or other control characters is cleaned.</summary>
    public static string? ReadExactly(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            return Read(ref reader, FieldKind.Text);
        }

        var text = reader.GetString();
        return string.IsNullOrWhiteSpace(text) ? null : HasControl(text) ? Canonical.Text(text) : text;
    }

    private static bool HasControl(ReadOnlySpan<char> text) => text.ContainsAnyInRange('\0', '\u001f') || text.ContainsAnyInRange('\u007f', '\u009f');

    /// <summary>A text in the canonical form of a kind.</summary>
    public static string? Of(string? text, FieldKind kind) => kind switch
    {
        FieldKind.LongText => Canonical.LongText(text),
        FieldKind.Number => decimal.TryParse(text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number)
            ? Canonical.Number(number)
            : null,
        FieldKind.Boolean => bool.TryParse(text, out var flag) ? Canonical.Boolean(flag) : null,
        FieldKind.Date or FieldKind.DateTime => Format(Instant(text), kind),
        _ => Canonical.Text(text),
    };

    /// <summary>The instant at the reader; without a zone it is UTC, as everything else that ConnectWise says (F31). Null for anything else.</summary>
    public static DateTimeOffset? Instant(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return null;
        }

        // With a zone the framework's reader needs no string.
        return reader.ValueSpan.EndsWith("Z"u8) && reader.TryGetDateTimeOffset(out var instant) ? instant : Instant(reader.GetString());
    }

    /// <inheritdoc cref="Instant(ref Utf8JsonReader)" />
    public static DateTimeOffset? Instant(string? text) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var value) ? value : null;

    private static string? Format(DateTimeOffset? instant, FieldKind kind) => kind == FieldKind.Date ? Canonical.Day(instant) : Canonical.Instant(instant);
}
