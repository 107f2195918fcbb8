using CrmSync.Core;
using CrmSync.Core.Records;

namespace CrmSync.Crm.BuiltIn.Fields;

/// <summary>How customers define fields of their own.</summary>
internal static class CustomFields
{
    private const int LongestKey = 100;

    /// <summary>The field as it is kept, and the tenant's own fields with it.</summary>
    public static Result<FieldDefinition> Define(
        IReadOnlyDictionary<Entity, FieldDefinition[]> before, Entity entity, FieldDefinition field, out Dictionary<Entity, FieldDefinition[]> after)
    {
        after = before.ToDictionary();
        var own = before.GetValueOrDefault(entity) ?? [];
        if (Check(own, field) is { } refusal)
        {
            return refusal;
        }

        var kept = field with { Custom = true, ReadOnly = false, References = null, MaxLength = Length(field) };
        var index = Array.FindIndex(own, known => known.Key == field.Key);
        after[entity] = index < 0 ? [.. own, kept] : [.. own[..index], kept, .. own[(index + 1)..]];
        return kept;
    }

    private static Refusal? Check(FieldDefinition[] own, FieldDefinition field)
    {
        var name = field.Key.StartsWith(FieldKeys.CustomPrefix, StringComparison.Ordinal) ? field.Key[FieldKeys.CustomPrefix.Length..] : "";
        if (Canonical.Text(name) != name || field.Key.Length > LongestKey)
        {
            return Invalid("field-key-invalid", "key", $"\"{field.Key}\" cannot be the key of a field.", "Use \"custom:\" and a short name.");
        }

        if (field.Kind is FieldKind.Reference or FieldKind.LineItems or FieldKind.Notes)
        {
            return Invalid("field-kind-invalid", "kind", "A field of your own holds values, not records, line items or notes.", "Choose another kind.");
        }

        return own.FirstOrDefault(known => known.Key == field.Key) is { } known && known.Kind != field.Kind
            ? Invalid("field-kind-changed", "kind", $"\"{field.Label}\" already holds another kind of value.", "Define a field of another name.")
            : null;
    }

    private static int? Length(FieldDefinition field) => StandardFields.LengthOf(field.Kind) is { } most
        ? Math.Clamp(field.MaxLength ?? most, 1, most)
        : null;

    private static Refusal Invalid(string code, string field, string message, string remedy) =>
        new(RefusalKind.Invalid, code, message, remedy) { Field = field };
}
