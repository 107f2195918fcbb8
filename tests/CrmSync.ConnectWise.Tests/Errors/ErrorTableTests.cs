using System.Text;
using CrmSync.ConnectWise.Errors;
using CrmSync.ConnectWise.Http;
using static CrmSync.ConnectWise.Errors.ConnectWiseErrorCategory;

namespace CrmSync.ConnectWise.Tests.Errors;

/// <summary>Every kind of error answer on record, row by row.</summary>
public sealed class ErrorTableTests
{
    private const string Security = """{"code":"Security","message":"You do not have security permission to perform this action."}""";

    private const string MissingName =
        """{"code":"InvalidObject","message":"contact object is invalid","errors":[{"code":"MissingRequiredField","message":"The firstName field is required.","resource":"contact","field":"firstName"}]}""";

    public static TheoryData<int, string, ConnectWiseErrorCategory, string, string> Rows => new()
    {
        { 400, MissingName, BadRequest, "InvalidObject", "Never" },
        { 400, """{"code":"InvalidObject","message":"x","errors":[{"code":"ObjectExists","message":"Company ID already in use.","field":"identifier"}]}""", BadRequest, "InvalidObject", "Never" },
        { 400, """{"code":"ConnectWiseApi","message":"Could not find member 'type' on object of type 'Contact'. Path 'type', line 3, position 11.Check your accept header to make sure you are using the correct version.","errors":null}""", BadRequest, "ConnectWiseApi", "Never" },
        { 400, """{"code":"InvalidPatch","message":"Could not cast or convert from System.String"}""", BadRequest, "InvalidPatch", "Never" },
        { 400, """{"code":"ApiFindCondition","message":"typeids is not a recognized name."}""", BadRequest, "ApiFindCondition", "Never" },
        { 400, """{"code":"UnsupportedFormat","message":"Unsupported format applied to dateStart"}""", BadRequest, "UnsupportedFormat", "Never" },
        { 400, "Cannot route. Codebase/company is invalid", WrongSite, "Http400", "Never" },
        { 401, """{"code":"Unauthorized","message":"Bad key"}""", Unauthorized, "Unauthorized", "Never" },
        { 401, """{"code":"ConnectWiseApi","message":"UserNotAuthenticated"}""", Unauthorized, "ConnectWiseApi", "Never" },
        { 401, "", Unauthorized, "Http401", "Never" },
        { 403, Security, Forbidden, "Security", "Never" },
        { 403, """{"code":"Security","message":"SSL is required.","errors":null}""", WrongSite, "Security", "Never" },
        { 403, """{"code":"Security","message":"The clientId header is missing."}""", Unauthorized, "Security", "Never" },
        { 404, """{"code":"NotFound","message":"Contact 57919 not found"}""", NotFound, "NotFound", "Never" },
        { 404, """{"code":"ConnectWiseApi","message":"The endpoint does not exist."}""", NotFound, "ConnectWiseApi", "Never" },
        { 405, "", BadRequest, "Http405", "Never" },
        { 408, "", Unavailable, "Http408", "WithBackoff" },
        { 409, """{"code":"Conflict","message":"The record is in use"}""", Conflict, "Conflict", "Never" },
        { 415, """{"code":"ConnectWiseApi","message":"Unsupported media type"}""", BadRequest, "ConnectWiseApi", "Never" },
        { 429, """{"error":"ConnectWiseAPI","message":"Too many requests. Please try again in 30 seconds."}""", Throttled, "ConnectWiseAPI", "AfterPause" },
        { 500, """{"code":"ConnectWiseApi","message":"A timeout has occured. Please try again."}""", Unavailable, "ConnectWiseApi", "WithBackoff" },
        { 500, """{"code":"ConnectWiseApi","message":"Timeout expired.  The timeout period elapsed prior to obtaining a connection from the pool."}""", Unavailable, "ConnectWiseApi", "WithBackoff" },
        { 500, """{"code":"ConnectWiseApi","message":"Error converting value \"x\" to type 'System.Int32'. Path 'id', line 1, position 1."}""", ServerFault, "ConnectWiseApi", "Never" },
        { 500, """{"code":"ConnectWiseApi","message":"String was not recognized as a valid DateTime."}""", ServerFault, "ConnectWiseApi", "Once" },
        { 500, "", Unavailable, "Http500", "Once" },
        { 502, "<html><head><title>502 Bad Gateway</title></head></html>", Unavailable, "Http502", "WithBackoff" },
        { 503, "<!DOCTYPE html><html><title>Just a moment</title></html>", Unavailable, "Http503", "WithBackoff" },
        { 522, "error code: 522", Unavailable, "Http522", "WithBackoff" },
        { 302, "", WrongSite, "Http302", "Never" },
        { 403, "<html><title>Blocked</title></html>", NotConnectWise, "Http403", "Never" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Answer_OnRecord_IsUnderstood(int status, string body, ConnectWiseErrorCategory category, string code, string advice)
    {
        var (error, actual) = Classify(status, body, "company/contacts/1");

        Assert.Equal(category, error.Category);
        Assert.Equal(code, error.Code);
        Assert.Equal(advice, actual.ToString());
        Assert.NotEmpty(error.Message);
        Assert.NotEmpty(error.Remedy);
        Assert.Equal("rq-1", error.RequestId);
    }

    [Fact]
    public void FieldErrors_OfAnInvalidObject_AreKept()
    {
        var (error, _) = Classify(400, MissingName, "company/contacts");

        Assert.Equal(new ConnectWiseFieldError("MissingRequiredField", "The firstName field is required.", "firstName", "contact"), Assert.Single(error.Fields));
    }

    [Theory]
    [InlineData("company/companies", "Companies › Company Maintenance: Inquire All")]
    [InlineData("company/companies/types", "System › Table Setup: Inquire All")]
    [InlineData("company/contacts/12", "Companies › Contacts: Inquire All")]
    [InlineData("sales/opportunities/5/forecast", "Sales › Opportunity: Inquire All")]
    [InlineData("sales/activities/count", "Sales › Sales Activity: Inquire All")]
    [InlineData("procurement/catalog", "Procurement › Product Catalog: Inquire All")]
    [InlineData("system/members/3/image", "Companies › Manage Documents: Inquire All")]
    [InlineData("system/members", "System › Member Maintenance: Inquire All")]
    public void Forbidden_Anywhere_NamesThePermission(string path, string permission)
    {
        var (error, _) = Classify(403, Security, path);

        Assert.Equal(permission, error.Permission);
        Assert.Contains(permission, error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"code\":\"X\",\"message\":\"two\r\nlines\"}", "X", "two lines")]
    [InlineData("\uFEFF{\"code\":\"X\",\"message\":\"bom\"}", "X", "bom")]
    [InlineData("{\"message\":\"no code\"}", "", "no code")]
    [InlineData("{\"code\":7,\"message\":null}", "", "")]
    [InlineData("{broken", "", "{broken")]
    [InlineData("plain\r\n text", "", "plain text")]
    [InlineData("", "", "")]
    [InlineData("<html><body>no title</body></html>", "", "a web page")]
    public void Body_OfAnyKind_IsReadWithoutFailing(string body, string code, string message)
    {
        var parsed = ErrorBody.Parse(Encoding.UTF8.GetBytes(body));

        Assert.Equal(code, parsed.Code);
        Assert.Equal(message, parsed.Message);
    }

    [Fact]
    public void Body_OfGreatLength_IsCut() => Assert.True(ErrorBody.Parse(Encoding.UTF8.GetBytes(new string('x', 100_000))).Message.Length <= 401);

    [Fact]
    public void EveryCategory_HasAWordAtThePort() =>
        Assert.Equal(
            Enum.GetValues<ConnectWiseErrorCategory>().Length,
            Enum.GetValues<ConnectWiseErrorCategory>().Select(ErrorMapping.CodeOf).Distinct().Count());

    private static (ConnectWiseError Error, RetryAdvice Advice) Classify(int status, string body, string path) =>
        ErrorClassifier.Classify(status, ErrorBody.Parse(Encoding.UTF8.GetBytes(body)), path, "rq-1", null);
}
