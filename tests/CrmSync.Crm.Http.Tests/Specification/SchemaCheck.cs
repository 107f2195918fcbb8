using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrmSync.Crm.Http.Tests.Specification;

/// <summary>Holds JSON against a schema of the contract's file: types, formats, choices, limits, what is required, and nothing that the schema does not have.</summary>
internal sealed class SchemaCheck(JsonObject file)
{
    /// <summary>What is wrong, by place; empty where the value fits.</summary>
    public IReadOnlyList<string> Check(JsonNode schema, JsonNode? value)
    {
        var problems = new List<string>();
        Value(ContractFile.Follow(file, schema), value, "$", problems);
        return problems;
    }

    private void Value(JsonObject schema, JsonNode? value, string at, List<string> problems)
    {
        var types = schema["type"] switch
        {
            null => [],
            JsonArray several => several.Select(type => type!.GetValue<string>()).ToList(),
            var one => [one.GetValue<string>()],
        };
        var type = TypeOf(value);
        if (types.Count > 0 && !types.Contains(type) && !(type == "integer" && types.Contains("number")))
        {
            problems.Add($"{at} is {type}, not {string.Join(" or ", types)}");
            return;
        }

        switch (value)
        {
            case JsonObject members:
                Members(schema, members, at, problems);
                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    Value(ContractFile.Follow(file, schema["items"]!), items[i], $"{at}[{i}]", problems);
                }

                break;
            case not null when type == "string":
                Text(schema, value.GetValue<string>(), at, problems);
                break;
            case not null when type == "integer":
                var number = value.GetValue<long>();
                Demand(number >= (schema["minimum"]?.GetValue<long>() ?? long.MinValue) && number <= (schema["maximum"]?.GetValue<long>() ?? long.MaxValue),
                    at, "is out of range", problems);
                break;
        }
    }

    private void Members(JsonObject schema, JsonObject members, string at, List<string> problems)
    {
        foreach (var required in schema["required"]?.AsArray() ?? [])
        {
            Demand(members.ContainsKey(required!.GetValue<string>()), at, $"lacks {required}", problems);
        }

        foreach (var (name, member) in members)
        {
            if ((schema["properties"]?[name] ?? schema["additionalProperties"]) is { } declared)
            {
                Value(ContractFile.Follow(file, declared), member, $"{at}.{name}", problems);
            }
            else
            {
                // The description of the contract itself is an object of any shape.
                Demand(schema["properties"] is null && schema["additionalProperties"] is null, at, $"has the unknown member {name}", problems);
            }
        }
    }

    private static void Text(JsonObject schema, string text, string at, List<string> problems)
    {
        Demand(schema["enum"] is not JsonArray choices || choices.Any(choice => choice!.GetValue<string>() == text), at, $"is no choice: {text}", problems);
        Demand(schema["const"] is not { } only || only.GetValue<string>() == text, at, $"is not {schema["const"]}", problems);
        Demand(text.Length >= (schema["minLength"]?.GetValue<int>() ?? 0), at, "is too short", problems);
        Demand(text.Length <= (schema["maxLength"]?.GetValue<int>() ?? int.MaxValue), at, "is too long", problems);
        Demand(schema["format"]?.GetValue<string>() != "date-time"
            || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && time.Offset == TimeSpan.Zero,
            at, $"is no time in UTC: {text}", problems);
    }

    private static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => value.AsValue().TryGetValue<long>(out _) ? "integer" : "number",
    };

    private static void Demand(bool met, string at, string problem, List<string> problems)
    {
        if (!met)
        {
            problems.Add($"{at} {problem}");
        }
    }
}
