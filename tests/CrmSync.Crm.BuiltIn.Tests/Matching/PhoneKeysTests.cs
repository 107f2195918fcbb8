using System.Globalization;
using CrmSync.Core.Matching;
using CrmSync.Crm.BuiltIn.Matching;

namespace CrmSync.Crm.BuiltIn.Tests.Matching;

public sealed class PhoneKeysTests
{
    private static readonly string[] Countries = ["US", "GB", "DE", "IS", "IT", "FR", "AU", "BR", "IN", "NO", "SG", "ZA", "MX", "RU", "HU", "NZ"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Keys_OfRandomNumbersInAnyCountry_AreSharedWithTheirE164_CO3(int seed)
    {
        var random = new Random(seed);
        var compared = 0;
        for (var i = 0; i < 5_000; i++)
        {
            var country = Countries[random.Next(Countries.Length)];
            var written = Written(random);
            if (Normalise.Phone(written, country) is not { } number)
            {
                continue;
            }

            compared++;
            Assert.True(
                PhoneKeys.OfStored(written).Intersect(PhoneKeys.OfE164(number)).Any(),
                $"Seed {seed}: \"{written}\" in {country} is {number}, and shares no key with it.");
        }

        Assert.True(compared > 1_000, $"Seed {seed}: only {compared} numbers could be read.");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("n/a")]
    [InlineData("123")]
    public void Keys_OfNoNumber_AreNone(string? written) => Assert.Empty(PhoneKeys.OfStored(written));

    private static string Written(Random random)
    {
        string[] before = ["", "", "+", "00", "0", "(0", "+1 ", "+44 (0)", "+354 ", "+39 0"];
        string[] after = ["", "", "", " x12", " ext. 5", "#77", ";ext=123", " Ext 1234"];
        string[] between = ["", " ", "-", ".", "/", ") "];
        var digits = random.NextInt64(1_000_000, 99_999_999_999).ToString(CultureInfo.InvariantCulture);
        var middle = random.Next(1, digits.Length);
        return before[random.Next(before.Length)] + digits[..middle] + between[random.Next(between.Length)] + digits[middle..] + after[random.Next(after.Length)];
    }
}
