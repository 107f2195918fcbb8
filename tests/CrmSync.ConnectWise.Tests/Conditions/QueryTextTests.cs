using CrmSync.ConnectWise.Conditions;

namespace CrmSync.ConnectWise.Tests.Conditions;

public sealed class QueryTextTests
{
    [Fact]
    public void Parameters_WithoutAValue_AreLeftOut() =>
        Assert.Equal("a=1&c=x%20y", QueryText.Of(("a", "1"), ("b", null), ("c", "x y"), ("d", "")));

    [Theory]
    [InlineData("a&b=c#d", "a%26b%3Dc%23d")]
    [InlineData("id in (1,2)", "id%20in%20(1,2)")]
    [InlineData("company/id", "company/id")]
    [InlineData("[2026-08-20T18:04:26Z]", "%5B2026-08-20T18:04:26Z%5D")]
    [InlineData("50% + 'x' \"y\" *", "50%25%20%2B%20%27x%27%20%22y%22%20%2A")]
    [InlineData("ä€😀", "%C3%A4%E2%82%AC%F0%9F%98%80")]
    [InlineData("", "")]
    [InlineData(",", ",")]
    public void Value_Encoded_SurvivesTheQuery(string value, string encoded)
    {
        Assert.Equal(encoded, QueryText.Encode(value));
        Assert.Equal(value, Uri.UnescapeDataString(encoded));
    }

    [Fact]
    public void Ids_InAnyNumber_AreCutSoThatAddressesStayWithinTheLimit()
    {
        var ids = Enumerable.Range(1, 5000).Select(i => (long)i * 7919).ToList();
        var head = "https://api-na.myconnectwise.net/v2025_1/apis/3.0/company/companies?conditions=";
        var used = head.Length + QueryText.Encode(Condition.In("id", []).Text).Length;

        var lists = QueryText.IdLists(ids, used).ToList();

        Assert.Equal(ids, lists.SelectMany(l => l));
        Assert.All(lists, list => Assert.InRange((head + QueryText.Encode(Condition.In("id", list).Text)).Length, 1, QueryText.LongestUrl));
        Assert.All(lists.SkipLast(1), list => Assert.InRange((head + QueryText.Encode(Condition.In("id", list).Text)).Length, 1980, QueryText.LongestUrl));
    }

    [Fact]
    public void Ids_WithNoRoomAtAll_StillGoOneByOne() => Assert.Equal(2, QueryText.IdLists([1, 2], 3000).Count());
}
