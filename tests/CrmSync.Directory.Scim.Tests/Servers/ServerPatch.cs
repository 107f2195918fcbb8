using System.Text.Json.Nodes;
using CrmSync.Scim.Client;
using CrmSync.Scim.Paths;

namespace CrmSync.Scim.Tests.Servers;

/// <summary>Applies PATCH as RFC 7644, 3.5.2 says, on a copy: a request is done whole or not at all.</summary>
internal static class ServerPatch
{
    /// <summary>The user afterwards, or SCIM's word for what is wrong.</summary>
    public static (JsonObject? User, string? Error) Apply(JsonObject user, JsonObject body, ScimServerOptions options)
    {
        var after = (JsonObject)ScimJson.Parse(ScimJson.Write(user))!;
        foreach (var operation in body["Operations"]?.AsArray().OfType<JsonObject>() ?? [])
        {
            var (op, path) = (ScimJson.Text(operation["op"]), ScimJson.Text(operation["path"]));
            if (op is not ("add" or "replace" or "remove"))
            {
                return (null, "invalidSyntax");
            }

            if (path is null)
            {
                if (options.IgnoresPatchWithoutPath)
                {
                    continue;
                }

                return (null, "invalidValue");
            }

            if (!ScimPathParser.TryParse(path, out var parsed, out _))
            {
                return (null, "invalidPath");
            }

            if (Run(after, op, parsed, path, operation["value"]?.DeepClone()) is { } error)
            {
                return (null, error);
            }
        }

        return (after, null);
    }

    private static string? Run(JsonObject user, string op, ScimPath path, string text, JsonNode? value)
    {
        if (op != "remove" && value is null)
        {
            return "invalidValue";
        }

        var container = user;
        if (path.Schema is { } schema)
        {
            container = user[schema] as JsonObject ?? new JsonObject(ScimJson.Nodes);
            user[schema] ??= container;
        }

        if (path.Filter is { } filter)
        {
            var several = container[path.Attribute] as JsonArray;
            var picked = several is null ? [] : ServerFilter.Pick(several, filter);
            foreach (var element in picked)
            {
                if (op == "remove" && text.EndsWith(']'))
                {
                    several!.Remove(element);
                }
                else if (op == "remove")
                {
                    element.Remove(path.Sub!);
                }
                else
                {
                    element[path.Sub!] = value!.DeepClone();
                }
            }

            return picked.Count == 0 ? "noTarget" : null;
        }

        if (path.Sub is { } sub)
        {
            container[path.Attribute] ??= new JsonObject(ScimJson.Nodes);
            (container, path) = (container[path.Attribute]!.AsObject(), path with { Attribute = sub });
        }

        if (op == "remove")
        {
            container.Remove(path.Attribute);
        }
        else if (op == "add" && container[path.Attribute] is JsonArray there && value is JsonArray more)
        {
            foreach (var element in more)
            {
                there.Add(element?.DeepClone());
            }
        }
        else
        {
            container[path.Attribute] = value;
        }

        return path.Attribute is "active" && value is JsonValue flag && flag.GetValueKind() == System.Text.Json.JsonValueKind.String ? "invalidValue" : null;
    }
}
