namespace CrmSync.Simulator.Records;

/// <summary>Which members of a record or object an answer shows, each with what is shown inside it.</summary>
internal sealed class Projection
{
    private Projection((FieldDefinition Field, Projection Members)[] fields) => Fields = fields;

    public (FieldDefinition Field, Projection Members)[] Fields { get; }

    /// <summary>Everything that is not hidden.</summary>
    public static Projection All(FieldDefinition[] fields) =>
        new([.. fields.Where(f => !f.IsHidden).Select(f => (f, All(f.Children)))]);

    /// <summary>
    /// The members that a <c>fields</c> parameter names, such as <c>id,name,company/id</c>. <c>_info</c> is shown only where it is named.
    /// </summary>
    /// <exception cref="UnknownFieldException">A name is not one of the record's.</exception>
    public static Projection Of(FieldDefinition[] fields, string names) =>
        Of(fields, names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(n => n.Split('/')), 0);

    private static Projection Of(FieldDefinition[] fields, IEnumerable<string[]> paths, int depth)
    {
        var chosen = new List<(FieldDefinition, Projection)>();
        foreach (var group in paths.GroupBy(p => p[depth], StringComparer.OrdinalIgnoreCase))
        {
            var field = System.Array.Find(fields, f => !f.IsHidden && f.Name.Equals(group.Key, StringComparison.OrdinalIgnoreCase))
                ?? throw new UnknownFieldException(group.First());
            var whole = group.Any(p => p.Length == depth + 1);
            if (!whole && field.Children.Length == 0)
            {
                throw new UnknownFieldException(group.First());
            }

            chosen.Add((field, whole ? WithoutInfo(field) : Of(field.Children, group, depth + 1)));
        }

        return new Projection([.. chosen.OrderBy(c => c.Item1.Index)]);
    }

    private static Projection WithoutInfo(FieldDefinition field) => field.Name == "_info"
        ? All(field.Children)
        : new Projection([.. field.Children.Where(c => c is { IsHidden: false, Name: not "_info" }).Select(c => (c, WithoutInfo(c)))]);
}

/// <summary>A name in <c>fields</c> that the record does not have.</summary>
internal sealed class UnknownFieldException(string[] path) : Exception($"{string.Join('/', path)} is not a recognized name.");
