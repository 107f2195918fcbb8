using CrmSync.ConnectWise.Discovery;

namespace CrmSync.ConnectWise.Tests.Discovery;

public sealed class SiteAddressTests
{
    [Theory]
    [InlineData("na.myconnectwise.net", "https://api-na.myconnectwise.net/")]
    [InlineData("https://eu.myconnectwise.net/", "https://api-eu.myconnectwise.net/")]
    [InlineData("AU.myconnectwise.net", "https://api-au.myconnectwise.net/")]
    [InlineData("aus.myconnectwise.net", "https://api-au.myconnectwise.net/")]
    [InlineData("za.myconnectwise.net", "https://api-za.myconnectwise.net/")]
    [InlineData("api-na.myconnectwise.net/v4_6_release/apis/3.0/", "https://api-na.myconnectwise.net/")]
    [InlineData("sandbox-na.myconnectwise.net", "https://sandbox-na.myconnectwise.net/")]
    [InlineData("staging.connectwisedev.com", "https://staging.connectwisedev.com/")]
    [InlineData("psa.example.com:8443", "https://psa.example.com:8443/")]
    [InlineData("http://127.0.0.1:5080", "http://127.0.0.1:5080/")]
    [InlineData("http://localhost:5080/", "http://localhost:5080/")]
    public void Site_AsAdministratorsTypeIt_BecomesTheApisOrigin(string site, string origin)
    {
        Assert.True(SiteAddress.TryParse(site, out var uri, out _));
        Assert.Equal(origin, uri.ToString());
    }

    [Theory]
    [InlineData("", "host name")]
    [InlineData("   ", "host name")]
    [InlineData("not a host", "host name")]
    [InlineData("http://na.myconnectwise.net", "https")]
    [InlineData("http://192.168.1.5", "https")]
    [InlineData("ftp://psa.example.com", "https")]
    [InlineData("https://user:secret@psa.example.com", "user name")]
    public void Site_UnsafeOrUnreadable_IsRefusedWithTheReason(string site, string reason)
    {
        Assert.False(SiteAddress.TryParse(site, out _, out var problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }
}
