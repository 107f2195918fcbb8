using System.Globalization;

namespace CrmSync.Benchmarks;

/// <summary>The sizes of a simulated account, and how it answers.</summary>
internal sealed record Account(int Companies, int Contacts, int Catalog, int Activities, int Opportunities, int LatencyMilliseconds)
{
    /// <summary>Members, who are in no import.</summary>
    public int Members { get; init; } = 25;

    public int Records => Companies + Contacts + Catalog + Activities + Opportunities;

    /// <summary>Seconds below which no reading can fall: pages of 1,000 × latency ÷ 4 requests at once.</summary>
    public double FloorSeconds => Pages * LatencyMilliseconds / 1000.0 / 4;

    public int Pages => new[] { Companies, Contacts, Catalog, Activities, Opportunities }.Sum(count => (count + 999) / 1000);

    public string[] Arguments =>
    [
        "--companies", Text(Companies), "--contacts", Text(Contacts), "--catalog", Text(Catalog), "--activities", Text(Activities),
        "--opportunities", Text(Opportunities), "--members", Text(Members), "--latency", Text(LatencyMilliseconds),
    ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
