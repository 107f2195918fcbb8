using CrmSync.Simulator;

namespace CrmSync.EndToEnd.Support;

/// <summary>The sizes of account that the tests import, and the private key that must turn up nowhere.</summary>
internal static class Accounts
{
    public const string PrivateKey = "Zq7-never-in-the-clear-Xw4";

    /// <summary>The token of a CRM behind the HTTP contract, likewise.</summary>
    public const string CrmToken = "Bk9-nor-this-one-Tp2";

    /// <summary>Some hundred companies with everything.</summary>
    public static SimulatorOptions Whole(int seed) => new()
    {
        Seed = seed,
        Companies = 300,
        Contacts = 600,
        CatalogItems = 100,
        Activities = 400,
        Opportunities = 100,
        PrivateKey = PrivateKey,
    };

    /// <summary>Enough for every kind of change.</summary>
    public static SimulatorOptions Middle(int seed) => new()
    {
        Seed = seed,
        Companies = 120,
        Contacts = 250,
        CatalogItems = 40,
        Activities = 250,
        Opportunities = 40,
        PrivateKey = PrivateKey,
    };

    /// <summary>A few of each, for tests that import many times.</summary>
    public static SimulatorOptions Small(int seed) => new()
    {
        Seed = seed,
        Companies = 15,
        Contacts = 20,
        CatalogItems = 5,
        Activities = 20,
        Opportunities = 6,
        Members = 8,
        PrivateKey = PrivateKey,
    };

    /// <summary>Members, and hardly anything else.</summary>
    public static SimulatorOptions Members(int seed) => new()
    {
        Seed = seed,
        Companies = 2,
        Contacts = 2,
        CatalogItems = 2,
        Activities = 2,
        Opportunities = 2,
        Members = 30,
        PrivateKey = PrivateKey,
    };

    /// <summary>Twenty thousand records.</summary>
    public static SimulatorOptions Large(int seed) => new()
    {
        Seed = seed,
        Companies = 3_000,
        Contacts = 7_000,
        CatalogItems = 500,
        Activities = 8_500,
        Opportunities = 1_000,
        PrivateKey = PrivateKey,
    };

    /// <summary>Companies and contacts that fill their pages to the last place.</summary>
    public static SimulatorOptions Pages(int seed) => new()
    {
        Seed = seed,
        Companies = 2_000,
        Contacts = 3_000,
        CatalogItems = 5,
        Activities = 5,
        Opportunities = 5,
        Members = 8,
        PrivateKey = PrivateKey,
    };
}
