using System.Globalization;
using CrmSync.Core.Records;

namespace CrmSync.Core.Planning;

/// <summary>Compares an opportunity's value with its lines (OP-3).</summary>
internal static class LineItemCheck
{
    /// <summary>The difference in words; null where there is none, or nothing to compare.</summary>
    public static string? Difference(FieldValues values)
    {
        if (values[FieldKeys.LineItems] is not { } text || !decimal.TryParse(values[FieldKeys.Value], NumberStyles.Number, CultureInfo.InvariantCulture, out var value))
        {
            return null;
        }

        var sum = LineItem.Read(text).Sum(line => line.Revenue);
        return sum == value ? null : string.Create(CultureInfo.InvariantCulture, $"Its line items add up to {sum}, its value is {value}.");
    }
}
