using System.Globalization;
using System.Text;

namespace CrmSync.ConnectWise.Conditions;

/// <summary>Builds encoded queries, and cuts lists of ids so that addresses stay within what gateways accept.</summary>
internal static class QueryText
{
    /// <summary>Longest address sent: 2,000 characters are safe everywhere (10,000 is the vendor's own limit, proxies have lower ones).</summary>
    public const int LongestUrl = 2000;

    /// <summary>Joins the parameters that have a value; names are the program's own.</summary>
    public static string Of(params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var query = new StringBuilder();
        foreach (var (name, value) in parameters)
        {
            if (!string.IsNullOrEmpty(value))
            {
                query.Append(query.Length == 0 ? "" : "&").Append(name).Append('=').Append(Encode(value));
            }
        }

        return query.ToString();
    }

    /// <summary>A number as a parameter's value.</summary>
    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// Cuts ids, in their order, into lists whose condition fits into what is left of the address.
    /// </summary>
    /// <param name="ids">The ids.</param>
    /// <param name="used">Characters of the address without the ids.</param>
    public static IEnumerable<IReadOnlyList<long>> IdLists(IReadOnlyList<long> ids, int used)
    {
        var room = LongestUrl - used;
        var list = new List<long>();
        var length = 0;
        foreach (var id in ids)
        {
            var more = Number(id).Length + 1;
            if (list.Count > 0 && length + more > room)
            {
                yield return list;
                list = [];
                length = 0;
            }

            list.Add(id);
            length += more;
        }

        if (list.Count > 0)
        {
            yield return list;
        }
    }

    /// <summary>Percent-encodes a value, but keeps what a query may hold and conditions are full of: it halves long id lists.</summary>
    public static string Encode(string value)
    {
        var text = new StringBuilder(value.Length + 16);
        var start = 0;
        for (var i = 0; i <= value.Length; i++)
        {
            if (i == value.Length || value[i] is ',' or '/' or '(' or ')' or ':')
            {
                text.Append(Uri.EscapeDataString(value[start..i]));
                if (i < value.Length)
                {
                    text.Append(value[i]);
                }

                start = i + 1;
            }
        }

        return text.ToString();
    }
}
