namespace CrmSync.Simulator.Conditions;

/// <summary>A condition in one normal form, to know it again.</summary>
internal static class ConditionText
{
    public static string Of(Condition condition) => condition switch
    {
        Condition.And and => $"({Of(and.Left)} and {Of(and.Right)})",
        Condition.Or or => $"({Of(or.Left)} or {Of(or.Right)})",
        Condition.Test test => $"{Path(test.Path)} {(test.IsNegated ? "not " : "")}{test.Operation} {string.Join(',', test.Values.Select(Value))}",
        _ => throw new InvalidOperationException("A condition is an And, an Or or a Test."),
    };

    private static string Path(FieldPath path) => string.Join('/', path.Members.Select(m => m.Name).Prepend(path.Root.Name));

    private static string Value(Literal literal) => $"{literal.Kind}:{literal.Text.Length}:{literal.Text}";
}
