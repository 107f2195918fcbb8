using CrmSync.Simulator.Records;

namespace CrmSync.Simulator.Conditions;

/// <summary>Finds the field that a name in a condition means, by the rules of each of the three condition parameters.</summary>
internal static class FieldPaths
{
    /// <summary><c>conditions</c> and <c>orderBy</c>: everything but what is inside an array.</summary>
    public static Func<string, FieldPath> OfRecord(RecordDefinition definition) => name =>
    {
        var path = Find(definition, name);
        return path.IsInArray || path.Root is { IsHidden: true, IsChild: true } ? throw ConditionException.UnknownName(name) : path;
    };

    /// <summary><c>childConditions</c>: a member of an array's elements.</summary>
    public static Func<string, FieldPath> OfChildren(RecordDefinition definition) => name =>
    {
        var path = Find(definition, name);
        return path is { IsInArray: true, Root.IsHidden: false } ? path : throw ConditionException.UnknownName(name);
    };

    /// <summary><c>customFieldConditions</c>: a member of a custom field, such as <c>caption</c> or <c>value</c>.</summary>
    public static Func<string, FieldPath> OfCustomFields(RecordDefinition definition) => name =>
    {
        var member = definition.Find("customFields")?.Child(name) ?? throw ConditionException.UnknownName(name);
        return new FieldPath(definition.Find("customFields")!, [member]);
    };

    private static FieldPath Find(RecordDefinition definition, string name)
    {
        var parts = name.Split('/');
        var root = definition.Find(parts[0]) ?? throw ConditionException.UnknownName(name);
        var members = new FieldDefinition[parts.Length - 1];
        var at = root;
        for (var i = 1; i < parts.Length; i++)
        {
            members[i - 1] = at = at.Child(parts[i]) ?? throw ConditionException.UnknownName(name);
        }

        return new FieldPath(root, members);
    }
}
