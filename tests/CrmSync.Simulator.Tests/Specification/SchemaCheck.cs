using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrmSync.Simulator.Tests.Specification;

/// <summary>
/// Holds JSON against a schema of the OpenAPI file: types, formats, required members, enumerations, lengths, and no member that the
/// schema does not have. Three known errors of the vendor's file are named below and let pass.
/// </summary>
internal sealed class SchemaCheck(JsonObject specification)
{
    /// <summary>What a request must give, an answer may lack: the rule OP-2 is about opportunities without a salesperson.</summary>
    private const string OnlyRequiredWhenWriting = "primarySalesRep";

    private readonly List<string> _problems = [];

    public static SchemaCheck Load(string file) => new(JsonNode.Parse(File.ReadAllText(file))!.AsObject());

    /// <summary>The problems of an answer to GET (or another method), as the specification declares it for the path.</summary>
    public IReadOnlyList<string> Check(string path, JsonNode? body, string method = "get", string status = "200")
    {
        var content = specification["paths"]![path]![method]!["responses"]![status]!["content"]!.AsObject();
        return CheckSchema(content.First().Value!["schema"]!.AsObject(), body, path);
    }

    public IReadOnlyList<string> CheckNamed(string schema, JsonNode? body) =>
        CheckSchema(specification["components"]!["schemas"]![schema]!.AsObject(), body, schema);

    private List<string> CheckSchema(JsonObject schema, JsonNode? body, string at)
    {
        _problems.Clear();
        Value(schema, body, at);
        return [.. _problems];
    }

    private void Value(JsonObject schema, JsonNode? value, string at)
    {
        if (schema["$ref"] is { } reference)
        {
            Value(specification["components"]!["schemas"]![reference.GetValue<string>().Split('/')[^1]]!.AsObject(), value, at);
            return;
        }

        if (value is null)
        {
            Demand(schema["nullable"]?.GetValue<bool>() == true || at.EndsWith("/value", StringComparison.Ordinal), at, "is null");
            return;
        }

        // A custom field's value is declared as an object and is never one.
        if (at.EndsWith("/value", StringComparison.Ordinal) && schema["type"]?.GetValue<string>() == "object")
        {
            Demand(value is JsonValue, at, "is no scalar");
            return;
        }

        switch (schema["type"]?.GetValue<string>())
        {
            case "array":
                Array(schema, value, at);
                break;
            case "integer":
                Demand(value.GetValueKind() == JsonValueKind.Number && value.AsValue().TryGetValue<int>(out _), at, "is no integer");
                break;
            case "number":
                Demand(value.GetValueKind() == JsonValueKind.Number, at, "is no number");
                break;
            case "boolean":
                Demand(value.GetValueKind() is JsonValueKind.True or JsonValueKind.False, at, "is no boolean");
                break;
            case "string":
                Text(schema, value, at);
                break;
            default:
                Object(schema, value, at);
                break;
        }
    }

    private void Array(JsonObject schema, JsonNode value, string at)
    {
        Demand(value is JsonArray, at, "is no array");
        foreach (var item in value as JsonArray ?? [])
        {
            Value(schema["items"]!.AsObject(), item, $"{at}[]");
        }
    }

    private void Text(JsonObject schema, JsonNode value, string at)
    {
        if (value.GetValueKind() != JsonValueKind.String)
        {
            _problems.Add($"{at} is no string");
            return;
        }

        var text = value.GetValue<string>();
        var format = schema["format"]?.GetValue<string>();
        Demand(format != "date-time" || DateTime.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            at, $"is no date: {text}");
        Demand(format != "uuid" || Guid.TryParse(text, out _), at, $"is no GUID: {text}");
        Demand(schema["maxLength"] is not { } most || text.Length <= most.GetValue<int>(), at, $"is too long: {text}");
        Demand(schema["enum"] is not JsonArray choices || choices.Any(c => c?.GetValue<string>() == text), at, $"is no choice: {text}");
    }

    private void Object(JsonObject schema, JsonNode value, string at)
    {
        if (value is not JsonObject members)
        {
            _problems.Add($"{at} is no object");
            return;
        }

        foreach (var required in schema["required"]?.AsArray() ?? [])
        {
            var name = required!.GetValue<string>();
            Demand(members.ContainsKey(name) || name == OnlyRequiredWhenWriting, at, $"lacks {name}");
        }

        // The one schema that stands for every record: it declares the id alone.
        var isAnyRecord = schema["properties"] is JsonObject { Count: 1 } only && only.ContainsKey("id");
        foreach (var (name, member) in members)
        {
            if (schema["properties"]?[name] is JsonObject declared)
            {
                Value(declared, member, $"{at}/{name}");
            }
            else if (schema["additionalProperties"] is JsonObject map)
            {
                Value(map, member, $"{at}/{name}");
            }
            else
            {
                Demand(isAnyRecord, at, $"has the unknown member {name}");
            }
        }
    }

    private void Demand(bool isMet, string at, string problem)
    {
        if (!isMet)
        {
            _problems.Add($"{at} {problem}");
        }
    }
}
