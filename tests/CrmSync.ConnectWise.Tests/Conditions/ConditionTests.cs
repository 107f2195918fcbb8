using CrmSync.ConnectWise.Conditions;

namespace CrmSync.ConnectWise.Tests.Conditions;

public sealed class ConditionTests
{
    [Fact]
    public void Condition_OfEachKind_HasItsText()
    {
        Assert.Equal("deletedFlag = false", Condition.Equal("deletedFlag", false).Text);
        Assert.Equal("company/id = 250", Condition.Equal("company/id", 250).Text);
        Assert.Equal("id > 7", Condition.Above("id", 7).Text);
        Assert.Equal("id <= 9", Condition.UpTo("id", 9).Text);
        Assert.Equal("type/id in (1,2,3)", Condition.In("type/id", [1, 2, 3]).Text);
        Assert.Equal("type = null", Condition.IsNull("type").Text);
        Assert.Equal("type != null", Condition.IsNotNull("type").Text);
        Assert.Equal("url like \"https://a.example/*\"", Condition.StartsWith("url", "https://a.example/").Text);
    }

    [Fact]
    public void Instant_WithOffsetAndFraction_IsWrittenInUtcWholeSeconds()
    {
        var instant = new DateTimeOffset(2026, 8, 20, 14, 4, 26, 987, TimeSpan.FromHours(-4));

        Assert.Equal("lastUpdated >= [2026-08-20T18:04:26Z]", Condition.Since("lastUpdated", instant).Text);
        Assert.Equal("lastUpdated < [2026-08-20T18:04:26Z]", Condition.Before("lastUpdated", instant).Text);
    }

    [Theory]
    [InlineData("plain", "name = \"plain\"")]
    [InlineData("say \"hi\"", "name = \"say \\\"hi\\\"\"")]
    [InlineData(@"back\slash", @"name = ""back\\slash""")]
    [InlineData("x\" or id > 0 or name = \"", "name = \"x\\\" or id > 0 or name = \\\"\"")]
    [InlineData("two\r\nlines", "name = \"two  lines\"")]
    [InlineData("50% of *", "name = \"50% of *\"")]
    public void Text_OfAnyKind_StaysInsideItsQuotes(string value, string condition) => Assert.Equal(condition, Condition.Equal("name", value).Text);

    [Fact]
    public void Contains_WithABracket_MakesItLiteral() => Assert.Equal("name contains \"a[[]b]\"", Condition.Contains("name", "a[b]").Text);

    [Theory]
    [InlineData("50%")]
    [InlineData("a*b")]
    public void StartsWith_WithAWildCard_IsRefused(string value) => Assert.Throws<ArgumentException>(() => Condition.StartsWith("name", value));

    [Theory]
    [InlineData("")]
    [InlineData("name = 1 or id")]
    [InlineData("1name")]
    [InlineData("na me")]
    public void Field_ThatIsNoName_IsRefused(string field) => Assert.Throws<ArgumentException>(() => Condition.Equal(field, 1));

    [Fact]
    public void Alternatives_InsideAConjunction_AreGrouped()
    {
        var either = Condition.Equal("a", 1).Or(Condition.Equal("b", 2));

        Assert.Equal("(a = 1 or b = 2) and c = 3", either.And(Condition.Equal("c", 3)).Text);
        Assert.Equal("c = 3 and (a = 1 or b = 2)", Condition.Equal("c", 3).And(either).Text);
        Assert.Equal("c = 3", Condition.Equal("c", 3).And(null).Text);
    }
}
