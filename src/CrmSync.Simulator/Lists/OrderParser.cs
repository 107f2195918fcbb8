using CrmSync.Simulator.Conditions;
using CrmSync.Simulator.Records;

namespace CrmSync.Simulator.Lists;

/// <summary>Reads <c>orderBy</c>: names with <c>asc</c> or <c>desc</c>, between commas.</summary>
internal static class OrderParser
{
    /// <exception cref="ConditionException">A name is unknown or the direction is no direction.</exception>
    public static IReadOnlyList<Ordering> Parse(string text, RecordDefinition definition)
    {
        var resolve = FieldPaths.OfRecord(definition);
        var orderings = new List<Ordering>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var words = part.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var isDescending = words.Length == 2 && words[1].Equals("desc", StringComparison.OrdinalIgnoreCase);
            if (words.Length > 2 || (words.Length == 2 && !isDescending && !words[1].Equals("asc", StringComparison.OrdinalIgnoreCase)))
            {
                throw ConditionException.Syntax($"'{part}' is not an order");
            }

            orderings.Add(new Ordering(resolve(words[0]), isDescending));
        }

        return orderings;
    }
}
