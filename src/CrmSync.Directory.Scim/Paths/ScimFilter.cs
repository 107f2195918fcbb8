using System.Text;

namespace CrmSync.Scim.Paths;

/// <summary>Filters that every directory understands, if it understands any: one attribute equals one text.</summary>
internal static class ScimFilter
{
    /// <summary>The filter, not yet encoded for an address.</summary>
    public static string Equal(string attribute, string value) => $"{attribute} eq {Quote(value)}";

    /// <summary>The query that asks for it: blanks and quotes are encoded, and none stands around the equals sign.</summary>
    public static string Query(string filter) => $"filter={Uri.EscapeDataString(filter)}";

    /// <summary>A text in double quotes with JSON's escapes (RFC 7644, 3.4.2.2).</summary>
    public static string Quote(string value)
    {
        var quoted = new StringBuilder(value.Length + 2).Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' or '\\' => quoted.Append('\\').Append(c),
                < ' ' or '\u007f' => quoted.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }
}
