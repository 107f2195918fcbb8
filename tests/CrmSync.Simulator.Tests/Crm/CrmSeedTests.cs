using CrmSync.Simulator.Accounts;
using CrmSync.Simulator.Crm;

namespace CrmSync.Simulator.Tests.Crm;

public sealed class CrmSeedTests
{
    private static readonly SimulatorOptions Options = new() { Companies = 10_000, Contacts = 20_000, CatalogItems = 1_000 };

    [Fact]
    public void Generate_Twice_GivesTheSame()
    {
        static IEnumerable<string> Lines() => CrmSeed.Generate(Options).Select(r => System.Text.Json.JsonSerializer.Serialize(r));

        Assert.Equal(Lines(), Lines());
    }

    [Theory]
    [InlineData(100, 20)]
    [InlineData(10_000, 100)]
    [InlineData(7, 7)]
    public void Generate_ForAnySize_KnowsOnePercentAndAtLeastTwenty(int companies, int known)
    {
        var seeded = CrmSeed.Generate(Options with { Companies = companies }).Where(r => r.Entity == "Company");

        Assert.Equal(known, seeded.Count(r => !r.Key.EndsWith("-b", StringComparison.Ordinal)));
    }

    [Fact]
    public void Generate_Companies_HoldEveryResemblanceOlderAndNewer()
    {
        var model = new AccountModel(Options.Seed, new AccountSize(Options.Companies, Options.Contacts, Options.CatalogItems, 0, 0, Options.Members));
        var companies = CrmSeed.Generate(Options).Where(r => r.Entity == "Company").ToArray();

        Assert.Equal(
            [Resemblance.None, Resemblance.Phone, Resemblance.Website, Resemblance.Name, Resemblance.Ambiguous],
            companies.Select(c => c.Resemblance).Distinct().Order());
        Assert.All(companies.Where(c => c.Resemblance == Resemblance.Ambiguous).GroupBy(c => c.ConnectWiseId), pair => Assert.Equal(2, pair.Count()));
        var newer = companies.Where(c => c.ConnectWiseId is not null).Select(c =>
            c.UpdatedAt.ToUnixTimeSeconds() > model.Companies.LastUpdated(model.CompanyIds.LowerBound(c.ConnectWiseId!.Value)));
        Assert.Equal([false, true], newer.Distinct().Order());
    }

    [Fact]
    public void Generate_AllEntities_AreThereAndKeysAreUnique()
    {
        var records = CrmSeed.Generate(Options).ToArray();

        Assert.Equal(["Company", "Contact", "Solution", "User"], records.Select(r => r.Entity).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(records.Length, records.Select(r => r.Key).Distinct().Count());
        Assert.InRange(records.Count(r => r.Entity == "User"), 1, Options.Members - 1);
        var keys = records.Select(r => r.Key).ToHashSet();
        Assert.All(records.Where(r => r.Entity == "Contact"), c => Assert.Contains(c.Fields["company"], keys));
    }
}
