using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace CrmSync.Scim.Paths;

/// <summary>
/// Reads paths such as <c>title</c>, <c>name.familyName</c>, <c>roles[primary eq true].value</c> and
/// <c>urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department</c>. Total: what is no path is told in words.
/// </summary>
internal static class ScimPathParser
{
    private const string Urn = "urn:";

    /// <param name="text">What somebody typed.</param>
    /// <param name="path">The path; null where it is none.</param>
    /// <param name="problem">What is wrong with it; empty where it is right.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ScimPath? path, out string problem)
    {
        var rest = text?.Trim() ?? "";
        path = null;
        string? schema = null;
        if (rest.StartsWith(Urn, StringComparison.OrdinalIgnoreCase))
        {
            // A schema's own name holds colons and dots; the last colon before a filter divides it from the attribute.
            var bracket = rest.IndexOf('[', StringComparison.Ordinal);
            var colon = rest.LastIndexOf(':', bracket < 0 ? rest.Length - 1 : bracket);
            (schema, rest) = (rest[..colon], rest[(colon + 1)..]);
            if (schema.Length <= Urn.Length || schema.Any(char.IsWhiteSpace))
            {
                problem = "A schema's name is missing before the attribute.";
                return false;
            }
        }

        var attribute = TakeName(ref rest);
        if (attribute.Length == 0)
        {
            problem = "An attribute's name is missing: a letter, then letters, digits, - and _.";
            return false;
        }

        PathFilter? filter = null;
        if (rest.StartsWith('[') && !TryTakeFilter(ref rest, out filter))
        {
            problem = "A filter reads [part eq \"text\"] or [part eq true].";
            return false;
        }

        if (!TryTakeSub(ref rest, out var sub) || rest.Length > 0)
        {
            problem = "Behind the attribute stands nothing, or a point and the name of one part.";
            return false;
        }

        problem = "";
        path = new ScimPath
        {
            Schema = string.Equals(schema, ScimPath.CoreSchema, StringComparison.OrdinalIgnoreCase) ? null : schema,
            Attribute = attribute,
            Filter = filter,
            Sub = sub ?? (filter is null ? null : "value"),
        };
        return true;
    }

    /// <summary>A path that the code itself names.</summary>
    public static ScimPath Parse(string text) => TryParse(text, out var path, out var problem) ? path : throw new ArgumentException(problem, nameof(text));

    private static string TakeName(ref string rest)
    {
        var length = 0;
        while (length < rest.Length && (char.IsAsciiLetter(rest[length]) || (length > 0 && (char.IsAsciiDigit(rest[length]) || rest[length] is '-' or '_'))))
        {
            length++;
        }

        var name = rest[..length];
        rest = rest[length..];
        return name;
    }

    private static bool TryTakeSub(ref string rest, out string? sub)
    {
        sub = null;
        if (!rest.StartsWith('.'))
        {
            return true;
        }

        rest = rest[1..];
        sub = TakeName(ref rest);
        return sub.Length > 0;
    }

    private static bool TryTakeFilter(ref string rest, [NotNullWhen(true)] out PathFilter? filter)
    {
        filter = null;
        rest = rest[1..].TrimStart();
        var attribute = TakeName(ref rest);
        if (attribute.Length == 0 || !TryTakeWord(ref rest, "eq") || !TryTakeLiteral(ref rest, out var value, out var isFlag) || !rest.StartsWith(']'))
        {
            return false;
        }

        rest = rest[1..];
        filter = new PathFilter(attribute, value, isFlag);
        return true;
    }

    private static bool TryTakeWord(ref string rest, string word)
    {
        var from = rest.TrimStart();
        if (from.Length == rest.Length || !from.StartsWith(word, StringComparison.OrdinalIgnoreCase)
            || !char.IsWhiteSpace(from.ElementAtOrDefault(word.Length)))
        {
            return false;
        }

        rest = from[word.Length..].TrimStart();
        return true;
    }

    private static bool TryTakeLiteral(ref string rest, out string value, out bool isFlag)
    {
        (value, isFlag) = ("", true);
        foreach (var flag in (string[])["true", "false"])
        {
            if (rest.StartsWith(flag, StringComparison.OrdinalIgnoreCase))
            {
                (value, rest) = (flag, rest[flag.Length..].TrimStart());
                return true;
            }
        }

        isFlag = false;
        var end = 1;
        while (rest.StartsWith('"') && end < rest.Length && rest[end] != '"')
        {
            end += rest[end] == '\\' ? 2 : 1;
        }

        if (end >= rest.Length || !rest.StartsWith('"'))
        {
            return false;
        }

        try
        {
            value = JsonSerializer.Deserialize<string>(rest[..(end + 1)])!;
        }
        catch (JsonException)
        {
            return false;
        }

        rest = rest[(end + 1)..].TrimStart();
        return true;
    }
}
