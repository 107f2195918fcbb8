using CrmSync.Simulator.Records;

namespace CrmSync.Simulator.Conditions;

/// <summary>Whether a condition is true of a record.</summary>
internal static class ConditionEvaluator
{
    /// <summary>For conditions without array members.</summary>
    public static bool IsTrue(Condition condition, RecordSource source, RecordKey key) => condition switch
    {
        Condition.And and => IsTrue(and.Left, source, key) && IsTrue(and.Right, source, key),
        Condition.Or or => IsTrue(or.Left, source, key) || IsTrue(or.Right, source, key),
        Condition.Test test => ValueTest.Passes(test, Inward(source.Read(key, test.Path.Root), test.Path.Members)),
        _ => throw new InvalidOperationException("A condition is an And, an Or or a Test."),
    };

    /// <summary>
    /// For conditions on array members: true when one choice of elements, one for each array that is named, makes the whole true. So
    /// <c>communicationItems/value like "…" and communicationItems/communicationType = "Email"</c> is about one and the same item.
    /// </summary>
    public static bool IsTrueOfSome(Condition condition, FieldDefinition[] arrays, RecordSource source, RecordKey key) =>
        Choose(condition, arrays, new FieldValue[arrays.Length], 0, source, key);

    /// <summary>The arrays that a condition names, each once.</summary>
    public static FieldDefinition[] Arrays(Condition condition) => [.. Roots(condition).Distinct()];

    private static IEnumerable<FieldDefinition> Roots(Condition condition) => condition switch
    {
        Condition.And and => Roots(and.Left).Concat(Roots(and.Right)),
        Condition.Or or => Roots(or.Left).Concat(Roots(or.Right)),
        Condition.Test test => [test.Path.Root],
        _ => [],
    };

    private static bool Choose(Condition condition, FieldDefinition[] arrays, FieldValue[] chosen, int depth, RecordSource source, RecordKey key)
    {
        if (depth == arrays.Length)
        {
            return IsTrueOf(condition, arrays, chosen);
        }

        var value = source.Read(key, arrays[depth]);
        foreach (var element in value.IsNull ? [] : value.Items)
        {
            chosen[depth] = element;
            if (Choose(condition, arrays, chosen, depth + 1, source, key))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsTrueOf(Condition condition, FieldDefinition[] arrays, FieldValue[] chosen) => condition switch
    {
        Condition.And and => IsTrueOf(and.Left, arrays, chosen) && IsTrueOf(and.Right, arrays, chosen),
        Condition.Or or => IsTrueOf(or.Left, arrays, chosen) || IsTrueOf(or.Right, arrays, chosen),
        Condition.Test test => ValueTest.Passes(test, Inward(chosen[System.Array.IndexOf(arrays, test.Path.Root)], test.Path.Members)),
        _ => throw new InvalidOperationException("A condition is an And, an Or or a Test."),
    };

    internal static FieldValue Inward(FieldValue value, FieldDefinition[] members)
    {
        foreach (var member in members)
        {
            value = FieldDefinition.ReadMember(value, member);
        }

        return value;
    }
}
