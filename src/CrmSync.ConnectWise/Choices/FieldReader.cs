using System.Text.Json;
using CrmSync.ConnectWise.Conditions;
using CrmSync.ConnectWise.Errors;
using CrmSync.ConnectWise.Http;
using CrmSync.ConnectWise.Paging;
using CrmSync.ConnectWise.Parsing;
using CrmSync.ConnectWise.Parsing.Entities;
using CrmSync.Core.Records;

namespace CrmSync.ConnectWise.Choices;

/// <summary>Describes the fields of an entity, those that the customer has defined included.</summary>
internal sealed class FieldReader(ApiClient api, ListReader lists)
{
    private const string Unknown = " is not a recognized name";

    /// <summary>Standard fields in their order, as far as this version of ConnectWise has them, then the user-defined ones by caption.</summary>
    public async Task<IReadOnlyList<FieldDefinition>> DescribeAsync(Entity entity, CancellationToken cancellation)
    {
        var shape = Shapes.Of(entity);
        var (fields, sample) = await SampleAsync(shape, cancellation).ConfigureAwait(false);
        var custom = await ReadCustomAsync(sample, cancellation).ConfigureAwait(false);
        return [.. fields.Select(f => f.Describe()), .. custom.OrderBy(f => f.Label, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>
    /// Reads one record with every field. A member that the tenant's version lacks is refused by name: the fields made of it are then not on
    /// offer, since a mapping that asked for them would fail at every page.
    /// </summary>
    private async Task<(IReadOnlyList<FieldSpec> Fields, JsonElement Sample)> SampleAsync(EntityShape shape, CancellationToken cancellation)
    {
        var fields = shape.Fields.ToList();
        while (true)
        {
            var call = new ApiCall
            {
                Path = shape.Path,
                Query = QueryText.Of(
                    ("orderBy", "id desc"),
                    ("pageSize", "1"),
                    ("fields", string.Join(',', fields.SelectMany(f => f.Asks()).Append("id").Append("customFields").Distinct()))),
                IsList = true,
            };
            var result = await api.SendAsync(call, cancellation).ConfigureAwait(false);
            if (result.Error is { Category: ConnectWiseErrorCategory.BadRequest } error && fields.RemoveAll(f => Lacks(error, f)) > 0)
            {
                continue;
            }

            using var answer = result.OrThrow();
            using var document = JsonDocument.Parse(answer.Body);
            return (fields, document.RootElement.Clone());
        }
    }

    private static bool Lacks(ConnectWiseError error, FieldSpec field) =>
        field.Asks().Any(member => error.Message.StartsWith(member + Unknown, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Every record lists every user-defined field of its kind, filled or not (seen on a live tenant); one record therefore tells which
    /// there are, without a table of screen codes. The list of definitions adds what they accept.
    /// </summary>
    private async Task<IReadOnlyList<FieldDefinition>> ReadCustomAsync(JsonElement sample, CancellationToken cancellation)
    {
        var samples = Children.ChildParser.Objects(sample)
            .SelectMany(r => r.TryGetProperty("customFields", out var fields) ? Children.ChildParser.Objects(fields) : [])
            .ToList();
        if (samples.Count == 0)
        {
            return [];
        }

        var definitions = await lists.ReadAllAsync(new ListQuery { Path = "system/userDefinedFields" }, cancellation).ConfigureAwait(false);
        var byId = definitions.ToDictionary(d => d.GetProperty("id").GetInt64());
        return [.. samples.Select(s => Define(s, byId)).OfType<FieldDefinition>()];
    }

    private static FieldDefinition? Define(JsonElement sample, Dictionary<long, JsonElement> definitions)
    {
        if (!sample.TryGetProperty("id", out var idValue) || !idValue.TryGetInt64(out var id) || Text(sample, "type") == "Button")
        {
            return null;
        }

        definitions.TryGetValue(id, out var definition);
        var choices = Options(definition);
        return new FieldDefinition
        {
            Key = FieldKeys.CustomPrefix + QueryText.Number(id),
            Label = Canonical.Text(Text(sample, "caption")) ?? QueryText.Number(id),
            Kind = choices.Count > 0 ? FieldKind.Choice : CustomFieldTypes.KindOf(Text(sample, "type")),
            ReadOnly = definition.ValueKind == JsonValueKind.Object && definition.TryGetProperty("readOnlyFlag", out var flag) && flag.ValueKind == JsonValueKind.True,
            Custom = true,
            Choices = choices,
        };
    }

    private static IReadOnlyList<string> Options(JsonElement definition) =>
        definition.ValueKind == JsonValueKind.Object && definition.TryGetProperty("options", out var options)
            ? [.. Children.ChildParser.Objects(options)
                .Where(o => !(o.TryGetProperty("inactiveFlag", out var inactive) && inactive.ValueKind == JsonValueKind.True))
                .Select(o => Canonical.Text(Text(o, "optionValue")))
                .OfType<string>()]
            : [];

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
