using CrmSync.Simulator.Records;

namespace CrmSync.Simulator.Conditions;

/// <summary>Whether a value can be compared with a field at all.</summary>
internal static class ValueFit
{
    /// <exception cref="ConditionException">It cannot.</exception>
    public static void Check(FieldDefinition field, Comparison operation, Literal value)
    {
        if (operation is Comparison.Contains or Comparison.Like)
        {
            if (value.Kind != LiteralKind.Text || field.Kind is not (FieldKind.Text or FieldKind.Any))
            {
                throw ConditionException.Mismatch("a string", value.Article());
            }

            return;
        }

        if (value.Kind == LiteralKind.Null)
        {
            return;
        }

        var (kind, expected) = field.Kind switch
        {
            FieldKind.Integer or FieldKind.Number => (LiteralKind.Number, "a numeric"),
            FieldKind.Text or FieldKind.Link => (LiteralKind.Text, "a string"),
            FieldKind.Boolean => (LiteralKind.Boolean, "a boolean"),
            FieldKind.Date => (LiteralKind.Date, "a DateTime"),
            FieldKind.Any => (value.Kind, ""),
            FieldKind.Reference or FieldKind.Object or FieldKind.Array => (LiteralKind.Null, "a null"),
        };
        if (value.Kind != kind)
        {
            throw ConditionException.Mismatch(expected, value.Article());
        }

        if (field.AllowedValues is { } allowed && !allowed.Contains(value.Text, StringComparer.OrdinalIgnoreCase))
        {
            throw ConditionException.UnknownChoice();
        }
    }
}
