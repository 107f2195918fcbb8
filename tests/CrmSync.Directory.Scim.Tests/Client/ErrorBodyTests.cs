using System.Text;
using CrmSync.Scim.Client;

namespace CrmSync.Scim.Tests.Client;

public sealed class ErrorBodyTests
{
    [Theory]
    [InlineData("application/scim+json", """{"status":"409","scimType":"uniqueness","detail":"Taken."}""", "uniqueness", "uniqueness: Taken.", 409)]
    [InlineData("application/json", """{"status":409,"scimType":"uniqueness"}""", "uniqueness", "uniqueness", 409)]
    [InlineData("application/scim+json", """{"STATUS":"400","ScimType":"invalidFilter"}""", "invalidFilter", "invalidFilter", 400)]
    [InlineData("application/problem+json", """{"type":"about:blank","title":"Bad","status":400}""", null, "Bad", 400)]
    [InlineData("application/json", """{"Errors":[{"description":"Old","code":"404"}]}""", null, "Old", 404)]
    [InlineData("application/json", """[{"detail":"In a list"}]""", null, "In a list", null)]
    [InlineData("application/json", "{}", null, "without words", null)]
    [InlineData("application/json", "{\"status\":\"4", null, "{\"status\":\"4", null)]
    [InlineData("application/json", """{"status":"x","detail":{"a":1}}""", null, "without words", null)]
    [InlineData("text/html", "<html><body>Oops jane@example.org</body></html>", null, "a web page", null)]
    [InlineData("text/plain", "System.Exception: No.\n   at Users.Write()", null, "System.Exception: No.", null)]
    [InlineData(null, "", null, "without words", null)]
    [InlineData("application/json", "  \r\n", null, "without words", null)]
    public void Read_AnyBody_GivesItsWords(string? type, string body, string? scimType, string words, int? status) =>
        Assert.Equal(new ErrorBody(scimType, words, status), ErrorBody.Read(type, Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void Read_LongText_IsCut() => Assert.True(ErrorBody.Read("text/plain", Encoding.UTF8.GetBytes(new string('x', 100_000))).Words.Length < 500);

    [Fact]
    public void Read_NoText_GivesSomething() => Assert.NotEmpty(ErrorBody.Read("text/plain", [0xff, 0xfe, 0x00, 0x80]).Words);
}
