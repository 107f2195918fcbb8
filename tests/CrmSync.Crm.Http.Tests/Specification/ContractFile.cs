using System.Text.Json.Nodes;
using CrmSync.Crm.Http.Server;

namespace CrmSync.Crm.Http.Tests.Specification;

/// <summary>The contract's file, as the connector's assembly carries it.</summary>
internal static class ContractFile
{
    public static string Text()
    {
        using var reader = new StreamReader(typeof(HttpCrm).Assembly.GetManifestResourceStream(DescriptionEndpoint.ResourceName)!);
        return reader.ReadToEnd();
    }

    public static JsonObject Load() => JsonNode.Parse(Text())!.AsObject();

    /// <summary>Its operations by method and path.</summary>
    public static IEnumerable<(string Method, string Path, JsonObject Operation)> Operations(JsonObject file) =>
        from path in file["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select (operation.Key.ToUpperInvariant(), path.Key, operation.Value!.AsObject());

    /// <summary>What a reference leads to; the node itself where it is none.</summary>
    public static JsonObject Follow(JsonObject file, JsonNode node) => node["$ref"]?.GetValue<string>() is not { } reference
        ? node.AsObject()
        : reference.Split('/').Skip(1).Aggregate((JsonNode)file, (at, name) => at[name]!).AsObject();
}
