using CrmSync.Simulator.Records;

namespace CrmSync.Simulator.Conditions;

internal enum Comparison
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Contains,
    Like,
    In,
}

/// <summary>A condition whose names are known to be the record's.</summary>
internal abstract record Condition
{
    private Condition()
    {
    }

    internal sealed record And(Condition Left, Condition Right) : Condition;

    internal sealed record Or(Condition Left, Condition Right) : Condition;

    /// <param name="Path">The field.</param>
    /// <param name="Operation">How it is compared.</param>
    /// <param name="IsNegated">Whether <c>not</c> stands before the operator.</param>
    /// <param name="Values">One value, or several for <c>in</c>.</param>
    internal sealed record Test(FieldPath Path, Comparison Operation, bool IsNegated, Literal[] Values) : Condition;
}

/// <summary>
/// A way from a record to a value. When the first field is an array the value is that of one of its elements; which one is the
/// business of whoever evaluates.
/// </summary>
/// <param name="Root">The record's field.</param>
/// <param name="Members">The members from there inward.</param>
internal sealed record FieldPath(FieldDefinition Root, FieldDefinition[] Members)
{
    public FieldDefinition Last => Members.Length == 0 ? Root : Members[^1];

    public bool IsInArray => Root.Kind == FieldKind.Array;
}
