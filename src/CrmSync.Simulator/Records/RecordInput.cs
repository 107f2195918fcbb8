using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrmSync.Simulator.Records;

/// <summary>Turns JSON members into stored values.</summary>
internal sealed class RecordInput(Func<int> nextChildId)
{
    /// <exception cref="ArgumentException">The JSON does not have the shape of the field, or names a member that there is none of.</exception>
    public FieldValue Convert(FieldDefinition field, JsonNode? node) => Convert(field, field.Kind, node);

    private FieldValue Convert(FieldDefinition field, FieldKind kind, JsonNode? node)
    {
        if (node is null)
        {
            return FieldValue.Null;
        }

        try
        {
            return kind switch
            {
                FieldKind.Integer => FieldValue.Of(node.GetValue<int>()),
                FieldKind.Number => FieldValue.Of(node.AsValue().TryGetValue<double>(out var number) ? number : node.GetValue<int>()),
                FieldKind.Text or FieldKind.Link => FieldValue.Of(node.GetValue<string>()),
                FieldKind.Boolean => FieldValue.Of(node.GetValue<bool>()),
                FieldKind.Date => FieldValue.Date(Seconds(node.GetValue<string>())),
                FieldKind.Any => Scalar(node),
                FieldKind.Reference => FieldValue.Reference(node["id"]!.GetValue<int>()),
                FieldKind.Object => Object(field, node.AsObject()),
                FieldKind.Array => FieldValue.Array([.. node.AsArray().Select(n => Convert(field, field.ElementKind, n))]),
            };
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or FormatException or NullReferenceException)
        {
            throw new ArgumentException($"{field.Name} cannot hold {node.ToJsonString()}.", wrong);
        }
    }

    private FieldValue Object(FieldDefinition field, JsonObject members)
    {
        var values = new FieldValue[field.Children.Length];
        foreach (var (name, node) in members)
        {
            var member = field.Child(name) ?? throw new ArgumentException($"Could not find member '{name}' on object of type '{field.Name}'.");
            values[member.Index] = Convert(member, node);
        }

        if (field.ElementKind == FieldKind.Object && field.Child("id") is { Index: var id } && values[id].IsNull)
        {
            values[id] = FieldValue.Of(nextChildId());
        }

        return FieldValue.Inline(values);
    }

    private static long Seconds(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeSeconds();

    private static FieldValue Scalar(JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.True or JsonValueKind.False => FieldValue.Of(node.GetValue<bool>()),
        JsonValueKind.Number => FieldValue.Of(node.AsValue().TryGetValue<double>(out var number) ? number : node.GetValue<int>()),
        JsonValueKind.String => FieldValue.Of(node.GetValue<string>()),
        JsonValueKind.Undefined or JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null =>
            throw new FormatException("A custom field holds a text, a number or a truth value."),
    };
}
