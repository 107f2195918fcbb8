using System.Text.Json.Nodes;
using CrmSync.Scim.Paths;

namespace CrmSync.Scim.Tests.Servers;

/// <summary>What a server tells about itself.</summary>
internal static class ServerDescription
{
    /// <summary>An extension of a vendor's own.</summary>
    public const string VendorSchema = "urn:ietf:params:scim:schemas:extension:crmsync:2.0:User";

    private const string List = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

    public static JsonObject Configuration(ScimServerOptions options)
    {
        var described = new JsonObject
        {
            ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"),
            ["patch"] = Supported(options.PatchSupported || options.PatchLies),
            ["bulk"] = Supported(false),
            ["filter"] = new JsonObject { ["supported"] = true, ["maxResults"] = options.PageLimit },
            ["changePassword"] = Supported(false),
            ["sort"] = Supported(options.SortSupported),
            ["etag"] = Supported(options.EtagSupported),
            ["authenticationSchemes"] = new JsonArray(),
        };
        if (options.Cursors)
        {
            described["pagination"] = new JsonObject { ["cursor"] = true, ["index"] = false, ["maxPageSize"] = options.PageLimit };
        }

        return described;
    }

    public static JsonObject ResourceTypes(ScimServerOptions options) => Listed(
    [
        new JsonObject
        {
            ["id"] = "User",
            ["name"] = "User",
            ["endpoint"] = "/Users",
            ["schema"] = ScimPath.CoreSchema,
            ["schemaExtensions"] = options.DropsExtensions ? new JsonArray() : new JsonArray(
                new JsonObject { ["schema"] = ScimPath.EnterpriseSchema, ["required"] = false },
                new JsonObject { ["schema"] = VendorSchema, ["required"] = false }),
        },
    ]);

    public static JsonObject Schemas(ScimServerOptions options)
    {
        string[] core = ["userName", "displayName", "title", "userType", "nickName"];
        var attributes = core.Select(name => Attribute(name)).Append(Attribute("active", "boolean"))
            .Append(Attribute("name", "complex", parts: ["givenName", "familyName", "formatted"]))
            .Append(Several("emails")).Append(Several("roles")).Append(Several("phoneNumbers"));
        if (!options.DropsPhotos)
        {
            attributes = attributes.Append(Several("photos"));
        }

        var read = Attribute("groups", "complex");
        read["mutability"] = "readOnly";
        var schemas = new List<JsonNode?> { Schema(ScimPath.CoreSchema, attributes.Append(read)) };
        if (!options.DropsExtensions)
        {
            string[] enterprise = ["employeeNumber", "costCenter", "organization", "division", "department"];
            schemas.Add(Schema(ScimPath.EnterpriseSchema, enterprise.Select(name => Attribute(name))));
            string[] vendor = ["locationId", "teamId", "positionId"];
            schemas.Add(Schema(VendorSchema, vendor.Select(name => Attribute(name)).Append(Attribute("hireDate", "dateTime"))));
        }

        return Listed(schemas);
    }

    private static JsonObject Listed(List<JsonNode?> resources) => new()
    {
        ["schemas"] = new JsonArray(List),
        ["totalResults"] = resources.Count,
        ["Resources"] = new JsonArray([.. resources]),
    };

    private static JsonObject Schema(string id, IEnumerable<JsonObject> attributes) => new() { ["id"] = id, ["attributes"] = new JsonArray([.. attributes]) };

    private static JsonObject Several(string name)
    {
        var attribute = Attribute(name, "complex", ["value", "type", "display"]);
        attribute["multiValued"] = true;
        return attribute;
    }

    private static JsonObject Attribute(string name, string type = "string", string[]? parts = null)
    {
        var attribute = new JsonObject { ["name"] = name, ["type"] = type, ["multiValued"] = false, ["mutability"] = "readWrite" };
        if (parts is not null)
        {
            attribute["subAttributes"] = new JsonArray([.. parts.Select(part => (JsonNode)Attribute(part))]);
        }

        return attribute;
    }

    private static JsonObject Supported(bool supported) => new() { ["supported"] = supported };
}
