using CrmSync.Core.Matching;

namespace CrmSync.Core.Tests.Matching;

public sealed class NormaliseTests
{
    [Theory]
    [InlineData("(212) 555-0123", "US", "+12125550123")]
    [InlineData("212.555.0123 x401", "US", "+12125550123")]
    [InlineData("+1 212 555 0123", "DE", "+12125550123")]
    [InlineData("020 7946 0958", "GB", "+442079460958")]
    [InlineData("+49 (0)30 901820", "US", "+4930901820")]
    [InlineData("555", "US", null)]
    [InlineData("call me", "US", null)]
    [InlineData("", "US", null)]
    [InlineData(null, "US", null)]
    public void Phone_AnyDress_IsE164WithoutExtension_CO3(string? phone, string country, string? expected) =>
        Assert.Equal(expected, Normalise.Phone(phone, country));

    [Theory]
    [InlineData("https://www.Acme.com:8080/about?x=1#top", "acme.com")]
    [InlineData("acme.com", "acme.com")]
    [InlineData("HTTP://shop.acme.co.uk/", "shop.acme.co.uk")]
    [InlineData("//www.acme.com", "acme.com")]
    [InlineData("info@acme.com", "acme.com")]
    [InlineData("www.facebook.com/acme", null)]
    [InlineData("https://uk.linkedin.com/company/acme", null)]
    [InlineData("acme", null)]
    [InlineData("n/a", null)]
    [InlineData(null, null)]
    public void Website_AnyForm_IsItsHostUnlessFree_CO3(string? website, string? expected) => Assert.Equal(expected, Normalise.Website(website));

    [Theory]
    [InlineData("Acme, Inc.", "acme")]
    [InlineData("ACME  incorporated", "acme")]
    [InlineData("Müller & Söhne GmbH", "muller and sohne")]
    [InlineData("Acme Co. Ltd.", "acme")]
    [InlineData("Acme GmbH & Co. KG", "acme")]
    [InlineData("Acme e.K.", "acme")]
    [InlineData("Smith & Co", "smith and")]
    [InlineData("L.L.C.", "llc")]
    [InlineData("O'Neil Consulting LLC", "oneil consulting")]
    [InlineData("Inc", "inc")]
    [InlineData("Straße 7", "strasse 7")]
    [InlineData("株式会社アクメ", "株式会社アクメ")]
    [InlineData("🚀 Rocket", "🚀 rocket")]
    [InlineData(" - ", null)]
    public void CompanyName_AnyDress_IsItsCore_CO3(string name, string? expected) => Assert.Equal(expected, Normalise.CompanyName(name));

    [Theory]
    [InlineData(" Anna@Example.COM ", "anna@example.com")]
    [InlineData("a@b@c", null)]
    [InlineData("anna", null)]
    [InlineData("anna@", null)]
    public void Email_AnyCase_IsLower_CT3(string email, string? expected) => Assert.Equal(expected, Normalise.Email(email));
}
