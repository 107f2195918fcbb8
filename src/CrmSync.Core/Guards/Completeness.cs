using System.Globalization;

namespace CrmSync.Core.Guards;

/// <summary>The proof that a reading saw everything (PL-4).</summary>
public static class Completeness
{
    /// <summary>Why a reading cannot be taken for complete; null where it can.</summary>
    /// <param name="countBefore">ConnectWise's count before the reading.</param>
    /// <param name="countAfter">ConnectWise's count after it.</param>
    /// <param name="seen">Distinct ids that were read.</param>
    public static string? Objection(long countBefore, long countAfter, long seen)
    {
        // Records that came or went meanwhile lie between the two counts.
        var (low, high) = (Math.Min(countBefore, countAfter), Math.Max(countBefore, countAfter));
        return seen >= low && seen <= high
            ? null
            : string.Create(CultureInfo.InvariantCulture,
                $"ConnectWise counted {countBefore} records before the reading and {countAfter} after it, but {seen} were seen.");
    }
}
