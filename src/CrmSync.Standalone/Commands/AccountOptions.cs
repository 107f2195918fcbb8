using System.CommandLine;
using CrmSync.Simulator;

namespace CrmSync.Standalone.Commands;

/// <summary>The options that describe a simulated ConnectWise account. What is not given goes with the number of companies.</summary>
internal sealed class AccountOptions
{
    private readonly Option<int> _companies = Count("--companies", "Companies in the account.", 400);
    private readonly Option<int?> _contacts = Scaled("--contacts", "3 a company");
    private readonly Option<int?> _catalog = Scaled("--catalog", "3 for 8 companies");
    private readonly Option<int?> _activities = Scaled("--activities", "15 for 4 companies");
    private readonly Option<int?> _opportunities = Scaled("--opportunities", "1 for 2 companies");
    private readonly Option<int?> _members = Scaled("--members", "25");
    private readonly Option<int> _seed = new("--seed") { Description = "The same seed gives the same account.", HelpName = "n", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _latency;

    /// <param name="latency">The milliseconds that every request takes unless others are given.</param>
    public AccountOptions(int latency) => _latency = Count("--latency", "Milliseconds that every request to ConnectWise takes.", latency);

    public IReadOnlyList<Option> All => [_companies, _contacts, _catalog, _activities, _opportunities, _members, _seed, _latency];

    public SimulatorOptions Read(ParseResult parsed)
    {
        var companies = parsed.GetValue(_companies);
        var defaults = new SimulatorOptions();
        return defaults with
        {
            Companies = companies,
            Contacts = parsed.GetValue(_contacts) ?? Scale(companies, defaults.Contacts),
            CatalogItems = parsed.GetValue(_catalog) ?? Scale(companies, defaults.CatalogItems),
            Activities = parsed.GetValue(_activities) ?? Scale(companies, defaults.Activities),
            Opportunities = parsed.GetValue(_opportunities) ?? Scale(companies, defaults.Opportunities),
            Members = parsed.GetValue(_members) ?? defaults.Members,
            Seed = parsed.GetValue(_seed),
            Latency = TimeSpan.FromMilliseconds(parsed.GetValue(_latency)),
        };
    }

    private static int Scale(int companies, int each) => (int)Math.Min(int.MaxValue, (long)companies * each / new SimulatorOptions().Companies);

    private static Option<int> Count(string name, string description, int value) =>
        new Option<int>(name) { Description = description, HelpName = "n", DefaultValueFactory = _ => value }.Within(0, 1_000_000);

    private static Option<int?> Scaled(string name, string scale) =>
        new Option<int?>(name) { Description = $"[default: {scale}]", HelpName = "n" }.Within(0, 5_000_000);
}
