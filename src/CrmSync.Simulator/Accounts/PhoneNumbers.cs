using System.Globalization;
using CrmSync.Simulator.Accounts.Data;

namespace CrmSync.Simulator.Accounts;

/// <summary>Numbers that the numbering plans allow, written in the ways people write them.</summary>
internal static class PhoneNumbers
{
    /// <summary>A fixed line of the town, as digits after the country code.</summary>
    public static string Fixed(Place place, ulong draw) => place.Country switch
    {
        Places.UnitedStates => string.Create(CultureInfo.InvariantCulture, $"{place.AreaCode}{220 + (draw % 90)}{draw / 90 % 10000:0000}"),
        Places.UnitedKingdom => string.Create(CultureInfo.InvariantCulture, $"207{draw % 10000000:0000000}"),
        Places.Germany => string.Create(CultureInfo.InvariantCulture, $"{place.AreaCode}{2000000 + (draw % 7000000)}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{place.AreaCode}9{draw % 10000000:0000000}"),
    };

    /// <summary>A mobile line; in the United States they look like fixed ones.</summary>
    public static string Mobile(Place place, ulong draw) => place.Country switch
    {
        Places.UnitedStates => string.Create(CultureInfo.InvariantCulture, $"{place.AreaCode}{630 + (draw % 80)}{draw / 80 % 10000:0000}"),
        Places.UnitedKingdom => string.Create(CultureInfo.InvariantCulture, $"71{draw % 100000000:00000000}"),
        Places.Germany => string.Create(CultureInfo.InvariantCulture, $"151{10000000 + (draw % 80000000)}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"412{draw % 1000000:000000}"),
    };

    public static string International(int country, string national) => "+" + CountryCode(country) + national;

    /// <summary>The same number in one of six manners; <paramref name="manner"/> may be any number.</summary>
    public static string Write(int country, string national, ulong manner)
    {
        if (country == Places.UnitedStates)
        {
            var (area, exchange, line) = (national[..3], national[3..6], national[6..]);
            return (manner % 6) switch
            {
                0 => $"+1{national}",
                1 => $"({area}) {exchange}-{line}",
                2 => $"{area}-{exchange}-{line}",
                3 => national,
                4 => $"{area}.{exchange}.{line}",
                _ => $"+1 {area} {exchange} {line}",
            };
        }

        // Without a trunk prefix and country code a foreign number would be taken for a domestic one, so all of these carry the code.
        return (manner % 3) switch
        {
            0 => International(country, national),
            1 => $"+{CountryCode(country)} {national[..^6]} {national[^6..]}",
            _ => $"+{CountryCode(country)} {national[..^6]} {national[^6..^3]} {national[^3..]}",
        };
    }

    private static string CountryCode(int country) => country switch
    {
        Places.UnitedStates => "1",
        Places.UnitedKingdom => "44",
        Places.Germany => "49",
        _ => "61",
    };
}
