using CrmSync.Simulator.Records;

namespace CrmSync.Simulator.Conditions;

/// <summary>
/// Compares one value. As in the database behind ConnectWise, letters compare without case, and an empty value satisfies nothing
/// but <c>= null</c>.
/// </summary>
internal static class ValueTest
{
    public static bool Passes(Condition.Test test, FieldValue value)
    {
        if (test.Operation == Comparison.In)
        {
            return InList(test, value);
        }

        var literal = test.Values[0];
        if (literal.Kind == LiteralKind.Null)
        {
            return test.Operation switch
            {
                Comparison.Equal => value.IsNull,
                Comparison.NotEqual => !value.IsNull,
                Comparison.Less or Comparison.LessOrEqual or Comparison.Greater or Comparison.GreaterOrEqual or Comparison.Contains
                    or Comparison.Like or Comparison.In => false,
            };
        }

        return !value.IsNull && test.IsNegated != Holds(test.Operation, value, literal);
    }

    private static bool InList(Condition.Test test, FieldValue value)
    {
        if (value.IsNull)
        {
            return false;
        }

        foreach (var literal in test.Values)
        {
            if (literal.Kind != LiteralKind.Null && Holds(Comparison.Equal, value, literal))
            {
                return !test.IsNegated;
            }
        }

        return test.IsNegated;
    }

    private static bool Holds(Comparison operation, FieldValue value, Literal literal) => operation switch
    {
        Comparison.Equal => Compare(value, literal) == 0,
        Comparison.NotEqual => Compare(value, literal) != 0,
        Comparison.Less => Compare(value, literal) < 0,
        Comparison.LessOrEqual => Compare(value, literal) <= 0,
        Comparison.Greater => Compare(value, literal) is > 0 and not Incomparable,
        Comparison.GreaterOrEqual => Compare(value, literal) is >= 0 and not Incomparable,
        Comparison.Contains => value.Kind == ValueKind.Text && value.Text.Contains(literal.Text, StringComparison.OrdinalIgnoreCase),
        Comparison.Like => value.Kind == ValueKind.Text && Wildcard.Matches(literal.Text, value.Text),
        Comparison.In => false,
    };

    // A custom field's value may be of another kind than the literal: then only "!=" holds.
    private const int Incomparable = int.MaxValue;

    private static int Compare(FieldValue value, Literal literal) => (value.Kind, literal.Kind) switch
    {
        (ValueKind.Integer or ValueKind.Number, LiteralKind.Number) => value.Number.CompareTo(literal.Number),
        (ValueKind.Text, LiteralKind.Text) => Sign(string.Compare(value.Text, literal.Text, StringComparison.OrdinalIgnoreCase)),
        (ValueKind.Boolean, LiteralKind.Boolean) => value.Boolean.CompareTo(literal.Boolean),
        (ValueKind.Date, LiteralKind.Date) => ((double)value.UnixSeconds).CompareTo(literal.Seconds),
        _ => Incomparable,
    };

    private static int Sign(int order) => Math.Sign(order);
}
