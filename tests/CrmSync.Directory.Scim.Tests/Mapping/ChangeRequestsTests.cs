using System.Text.Json.Nodes;
using CrmSync.Scim.Client;
using CrmSync.Scim.Mapping;
using CrmSync.Scim.Paths;

namespace CrmSync.Scim.Tests.Mapping;

/// <summary>One operation a path, in lower case; what is not there is added.</summary>
public sealed class ChangeRequestsTests
{
    private const string User = """
        {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"1","userName":"jane","title":"x","meta":{"version":"1"},"groups":[],
         "emails":[{"type":"work","value":"jane@example.org","display":"J"},{"type":"home","value":"home@example.org"}]}
        """;

    [Theory]
    [InlineData("title", "\"y\"", """{"op":"replace","path":"title","value":"y"}""")]
    [InlineData("active", "false", """{"op":"replace","path":"active","value":false}""")]
    [InlineData("title", null, """{"op":"remove","path":"title"}""")]
    [InlineData("emails[type eq \"work\"].value", "\"n@example.org\"",
        """{"op":"replace","path":"emails[type eq \u0022work\u0022].value","value":"n@example.org"}""")]
    [InlineData("emails[type eq \"work\"].value", null, """{"op":"remove","path":"emails[type eq \u0022work\u0022]"}""")]
    [InlineData("emails[type eq \"work\"].display", null, """{"op":"remove","path":"emails[type eq \u0022work\u0022].display"}""")]
    [InlineData("roles[primary eq true].value", "\"tech\"", """{"op":"add","path":"roles","value":[{"primary":true,"value":"tech"}]}""")]
    [InlineData("emails[type eq \"other\"].value", "\"o\"", """{"op":"add","path":"emails","value":[{"type":"other","value":"o"}]}""")]
    [InlineData("urn:v:User:hireDate", "\"2024-01-01\"", """{"op":"replace","path":"urn:v:User:hireDate","value":"2024-01-01"}""")]
    public void Patch_OneChange_IsOneOperation(string path, string? value, string operation)
    {
        var patch = ChangeRequests.Patch(Parse(User), [Change(path, value)]);

        Assert.Equal("urn:ietf:params:scim:api:messages:2.0:PatchOp", (string?)patch["schemas"]![0]);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(operation), Assert.Single(patch["Operations"]!.AsArray())), patch.ToJsonString());
    }

    [Fact]
    public void Put_Changes_KeepAllElseButWhatIsTheServersOwn()
    {
        var put = ChangeRequests.Put(Parse(User),
            [Change("title", null), Change("emails[type eq \"work\"].value", "\"n@example.org\""), Change("urn:v:User:hireDate", "\"2024-01-01\"")]);

        var expected = JsonNode.Parse("""
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","urn:v:User"],"id":"1","userName":"jane","urn:v:User":{"hireDate":"2024-01-01"},
             "emails":[{"type":"work","value":"n@example.org","display":"J"},{"type":"home","value":"home@example.org"}]}
            """);
        Assert.True(JsonNode.DeepEquals(expected, put), put.ToJsonString());
    }

    private static JsonObject Parse(string json) => (JsonObject)ScimJson.Parse(System.Text.Encoding.UTF8.GetBytes(json))!;

    private static PathChange Change(string path, string? value) => new(ScimPathParser.Parse(path), value is null ? null : JsonNode.Parse(value));
}
