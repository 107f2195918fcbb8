using System.Globalization;
using System.Text;

namespace CrmSync.Core.Records;

/// <summary>
/// The canonical text of a value: what connectors put into <see cref="FieldValues"/>, so that equal values are equal texts.
/// Every function is total and idempotent; blank input gives null.
/// </summary>
public static class Canonical
{
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>One line: control and zero-width characters out, white space folded to single spaces, trimmed.</summary>
    public static string? Text(string? value) => Clean(value, keepLines: false);

    /// <summary>Several lines: control and zero-width characters out, "\r\n" and "\r" become "\n", trimmed at both ends.</summary>
    public static string? LongText(string? value) => Clean(value, keepLines: true);

    /// <summary>A number without trailing zeros.</summary>
    public static string? Number(decimal? value) => value is not { } number ? null
        : decimal.IsInteger(number) && Math.Abs(number) <= long.MaxValue ? Number((long)number)
        : number.ToString("0.############################", CultureInfo.InvariantCulture);

    /// <inheritdoc cref="Number(decimal?)" />
    public static string? Number(long? value) => value?.ToString(CultureInfo.InvariantCulture);

    /// <summary>"true" or "false".</summary>
    public static string? Boolean(bool? value) => value is null ? null : value.Value ? "true" : "false";

    /// <summary>An instant in UTC, whole seconds; years before 1900 are ConnectWise's way to say "none".</summary>
    public static string? Instant(DateTimeOffset? value) =>
        value is null || value.Value.UtcDateTime.Year < 1900 ? null : value.Value.UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture);

    /// <summary>The day of an instant; years before 1900 are ConnectWise's way to say "none".</summary>
    public static string? Day(DateTimeOffset? value) =>
        value is null || value.Value.UtcDateTime.Year < 1900 ? null : value.Value.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Several values, one a line, without blanks and repetitions.</summary>
    public static string? List(IEnumerable<string?> values)
    {
        // Most lists hold one value.
        string? first = null;
        HashSet<string>? several = null;
        foreach (var value in values)
        {
            if (Text(value) is not { } line)
            {
                continue;
            }

            if (first is null)
            {
                first = line;
            }
            else
            {
                (several ??= new(StringComparer.OrdinalIgnoreCase) { first }).Add(line);
            }
        }

        return several is null ? first : string.Join('\n', several);
    }

    /// <summary>The values of a list field.</summary>
    public static string[] Lines(string? list) => list is null ? [] : list.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Reads back an instant that <see cref="Instant"/> wrote; null for anything else.</summary>
    public static DateTimeOffset? ParseInstant(string? text) =>
        DateTimeOffset.TryParseExact(text, InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value) ? value : null;

    private static string? Clean(string? value, bool keepLines)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        if (IsClean(value, keepLines))
        {
            return value;
        }

        var text = new StringBuilder(value.Length);
        var pendingSpace = false;
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (keepLines && (c is '\n' or '\r'))
            {
                i += c == '\r' && i + 1 < value.Length && value[i + 1] == '\n' ? 1 : 0;
                text.Append('\n');
                continue;
            }

            if (char.IsWhiteSpace(c))
            {
                if (keepLines)
                {
                    text.Append(c == '\t' ? '\t' : ' ');
                }
                else
                {
                    pendingSpace = text.Length > 0;
                }

                continue;
            }

            if (IsInvisible(c))
            {
                continue;
            }

            if (pendingSpace)
            {
                text.Append(' ');
                pendingSpace = false;
            }

            text.Append(c);
        }

        var cleaned = text.ToString().Trim();
        return cleaned.Length == 0 ? null : cleaned;
    }

    private static bool IsClean(string value, bool keepLines)
    {
        if (char.IsWhiteSpace(value[0]) || char.IsWhiteSpace(value[^1]))
        {
            return false;
        }

        // Most texts hold nothing but words in ASCII.
        if (!value.AsSpan().ContainsAnyExceptInRange(' ', '~') && (keepLines || !value.Contains("  ", StringComparison.Ordinal)))
        {
            return true;
        }

        var previousSpace = false;
        foreach (var c in value)
        {
            if (c is > ' ' and < '\u007f')
            {
                previousSpace = false;
            }
            else if (c == ' ')
            {
                if (previousSpace && !keepLines)
                {
                    return false;
                }

                previousSpace = true;
            }
            else if (c == '\n' && keepLines)
            {
                previousSpace = false;
            }
            else if (IsInvisible(c) || char.IsWhiteSpace(c))
            {
                return false;
            }
            else
            {
                previousSpace = false;
            }
        }

        return true;
    }

    // Control characters, zero-width spaces and joiners at which nobody ever looked, direction marks, the byte-order mark.
    // U+200D stays: it joins emoji.
    private static bool IsInvisible(char c) =>
        char.IsControl(c) || c is '\u200b' or '\u200c' or '\u200e' or '\u200f' or '\u2060' or '\ufeff' or '\u00ad';
}
