using CrmSync.Scim.Paths;

namespace CrmSync.Scim.Tests.Paths;

public sealed class ScimPathParserTests
{
    [Theory]
    [InlineData("title", null, "title", null, null)]
    [InlineData(" name.familyName ", null, "name", null, "familyName")]
    [InlineData("roles[primary eq true].value", null, "roles", "primary eq true", "value")]
    [InlineData("roles[primary eq true]", null, "roles", "primary eq true", "value")]
    [InlineData("addresses[type eq \"work\"].locality", null, "addresses", "type eq \"work\"", "locality")]
    [InlineData("emails[ type  EQ  \"w\\\"o]\" ].value", null, "emails", "type eq \"w\\\"o]\"", "value")]
    [InlineData("urn:ietf:params:scim:schemas:core:2.0:User:title", null, "title", null, null)]
    [InlineData(ScimPath.EnterpriseSchema + ":department", ScimPath.EnterpriseSchema, "department", null, null)]
    [InlineData(ScimPath.EnterpriseSchema + ":manager.value", ScimPath.EnterpriseSchema, "manager", null, "value")]
    [InlineData("urn:vendor:1.0:User:sites[type eq \"a:b\"].name", "urn:vendor:1.0:User", "sites", "type eq \"a:b\"", "name")]
    public void Parse_Path_IsTakenApart(string text, string? schema, string attribute, string? filter, string? sub)
    {
        Assert.True(ScimPathParser.TryParse(text, out var path, out _));

        Assert.Equal((schema, attribute, filter, sub), (path.Schema, path.Attribute, path.Filter?.ToString(), path.Sub));
        Assert.Equal(path, ScimPathParser.Parse(path.ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1title")]
    [InlineData("name.")]
    [InlineData("name.a.b")]
    [InlineData("title extra")]
    [InlineData("roles[")]
    [InlineData("roles[]")]
    [InlineData("roles[primary]")]
    [InlineData("roles[primary eq]")]
    [InlineData("roles[primary eq true")]
    [InlineData("roles[primary ne true].value")]
    [InlineData("roles[type eq \"a].value")]
    [InlineData("roles[type eq \"\\\"].value")]
    [InlineData("roles[type eq \"\\x\"].value")]
    [InlineData("roles[type eq 1].value")]
    [InlineData("roles[primary eq true]value")]
    [InlineData("urn:")]
    [InlineData("urn:title")]
    [InlineData("urn:a b:title")]
    public void Parse_NoPath_IsToldInWords(string? text)
    {
        Assert.False(ScimPathParser.TryParse(text, out var path, out var problem));

        Assert.Null(path);
        Assert.NotEmpty(problem);
    }
}
