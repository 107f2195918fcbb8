using CrmSync.Scim.Paths;

namespace CrmSync.Scim.Tests.Paths;

public sealed class ScimFilterTests
{
    [Theory]
    [InlineData("plain", "userName eq \"plain\"")]
    [InlineData("a\"b", "userName eq \"a\\\"b\"")]
    [InlineData("a\\b", "userName eq \"a\\\\b\"")]
    [InlineData("\\\"", "userName eq \"\\\\\\\"\"")]
    [InlineData("a\tb\u007f", "userName eq \"a\\u0009b\\u007f\"")]
    [InlineData("\" or userName sw \"", "userName eq \"\\\" or userName sw \\\"\"")]
    public void Equal_AnyText_StaysOneText(string value, string filter) => Assert.Equal(filter, ScimFilter.Equal("userName", value));

    [Fact]
    public void Query_BlanksQuotesAndSigns_AreEncodedWithNoBlankAtTheEqualsSign() =>
        Assert.Equal("filter=userName%20eq%20%22a%2Bb%26c%3D%C3%BC%22", ScimFilter.Query(ScimFilter.Equal("userName", "a+b&c=ü")));
}
