using CrmSync.Core.Employees;
using CrmSync.Core.Records;
using CrmSync.Scim.Client;
using CrmSync.Scim.Discovery;
using CrmSync.Scim.Mapping;

namespace CrmSync.Scim.Tests.Mapping;

public sealed class FieldTargetsTests
{
    [Theory]
    [InlineData("hireDate", "urn:vendor:User:hireDate", true)]
    [InlineData("team", "", true)]
    [InlineData("email", "emails[type eq \"home\"].value", true)]
    [InlineData("email", "userName", true)]
    [InlineData("email", "", false)]
    [InlineData("firstName", "", false)]
    [InlineData("active", "active", false)]
    [InlineData("nonsense", "title", false)]
    [InlineData("hireDate", "roles[", false)]
    [InlineData("hireDate", "password", false)]
    [InlineData("hireDate", "externalId", false)]
    [InlineData("hireDate", "userName", false)]
    [InlineData("employeeIds", "userName", true)]
    [InlineData("employeeIds", "externalId", false)]
    [InlineData("hireDate", "title", false)]
    public void Problems_TargetsOfSomebody_AreToldBeforeAnythingIsSent(string key, string target, bool right) =>
        Assert.Equal(right, !FieldTargets.Problems(new Dictionary<string, string> { [key] = target }).Any());

    [Fact]
    public void Fields_NothingSet_HasTheStandardPlacesOnly()
    {
        var targets = new FieldTargets(new DirectorySettings(), new ServerProfile());

        Assert.Equal(
            [
                FieldKeys.Active, FieldKeys.Email, FieldKeys.EmployeeIds, FieldKeys.FirstName, FieldKeys.LastName, FieldKeys.Location, FieldKeys.Position,
                FieldKeys.Team,
            ],
            targets.Fields.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Fields_SchemasWithoutThem_AreLeftOutButForThoseNobodyCanBeWithout()
    {
        var schemas = """
            {"Resources":[{"id":"urn:ietf:params:scim:schemas:core:2.0:User",
             "attributes":[{"name":"userName"},{"name":"title","mutability":"readOnly"}]}]}
            """;
        var profile = new ServerProfile { Schemas = SchemaCatalog.Read(ScimJson.Parse(System.Text.Encoding.UTF8.GetBytes(schemas)), []) };

        var settings = new DirectorySettings { Targets = new Dictionary<string, string> { ["hireDate"] = "urn:vendor:User:hireDate" } };

        var targets = new FieldTargets(settings, profile);

        Assert.Equal(
            [FieldKeys.Active, FieldKeys.Email, FieldKeys.FirstName, FieldKeys.LastName], targets.Fields.Order(StringComparer.Ordinal));
        Assert.False(targets.Photos);
    }
}
