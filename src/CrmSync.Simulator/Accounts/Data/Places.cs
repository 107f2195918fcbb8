namespace CrmSync.Simulator.Accounts.Data;

/// <summary>A town with what addresses and phone numbers there look like.</summary>
/// <param name="Country">Id in the countries list.</param>
/// <param name="City">The town.</param>
/// <param name="State">State or region, empty where addresses have none.</param>
/// <param name="Zip">Post code.</param>
/// <param name="AreaCode">Area code without trunk prefix.</param>
internal sealed record Place(int Country, string City, string State, string Zip, string AreaCode);

/// <summary>Towns and streets.</summary>
internal static class Places
{
    public const int UnitedStates = 1;
    public const int UnitedKingdom = 2;
    public const int Germany = 3;
    public const int Australia = 4;

    public static readonly Place[] Domestic =
    [
        new(UnitedStates, "New York", "NY", "10018", "212"), new(UnitedStates, "Chicago", "IL", "60606", "312"),
        new(UnitedStates, "Tampa", "FL", "33602", "813"), new(UnitedStates, "Austin", "TX", "78701", "512"),
        new(UnitedStates, "Denver", "CO", "80202", "303"), new(UnitedStates, "Seattle", "WA", "98101", "206"),
        new(UnitedStates, "Boston", "MA", "02110", "617"), new(UnitedStates, "Phoenix", "AZ", "85004", "602"),
        new(UnitedStates, "San Diego", "CA", "92101", "619"), new(UnitedStates, "Atlanta", "GA", "30303", "404"),
        new(UnitedStates, "Minneapolis", "MN", "55402", "612"), new(UnitedStates, "Portland", "OR", "97204", "503"),
        new(UnitedStates, "Columbus", "OH", "43215", "614"), new(UnitedStates, "Nashville", "TN", "37203", "615"),
        new(UnitedStates, "Philadelphia", "PA", "19103", "215"), new(UnitedStates, "Detroit", "MI", "48226", "313"),
        new(UnitedStates, "Salt Lake City", "UT", "84111", "801"), new(UnitedStates, "Kansas City", "MO", "64106", "816"),
    ];

    public static readonly Place[] Abroad =
    [
        new(UnitedKingdom, "London", "", "EC2A 4NE", "20"), new(UnitedKingdom, "London", "", "SW1A 2AA", "20"),
        new(Germany, "Berlin", "", "10117", "30"), new(Germany, "München", "", "80331", "89"), new(Germany, "Köln", "", "50667", "221"),
        new(Australia, "Sydney", "NSW", "2000", "2"), new(Australia, "Melbourne", "VIC", "3000", "3"),
    ];

    public static readonly string[] Streets =
        ["Main St", "Oak Ave", "Maple Dr", "2nd Ave", "Market St", "Park Blvd", "Washington St", "Lake Rd", "Commerce Way", "Industrial Pkwy"];
}
