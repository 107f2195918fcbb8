using System.Globalization;

namespace CrmSync.Benchmarks;

/// <summary>A figure over several runs.</summary>
internal static class Statistics
{
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }

    /// <summary>One line: what it is, median, spread, target.</summary>
    public static void Print(string what, IReadOnlyCollection<double> values, string target) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{what,-58} {Median(values),9:0.000}   ({values.Min():0.000} to {values.Max():0.000}, n={values.Count})   {target}"));
}
