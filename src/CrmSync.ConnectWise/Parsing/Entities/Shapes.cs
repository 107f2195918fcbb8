using CrmSync.Core.Records;

namespace CrmSync.ConnectWise.Parsing.Entities;

/// <summary>The shape of each entity, and short forms to write them in.</summary>
/// <remarks>
/// Members and lengths: the vendor's OpenAPI of 2025.1. Lengths grow between versions; those here are the smallest that current
/// versions accept.
/// </remarks>
internal static class Shapes
{
    public static EntityShape Of(Entity entity) => entity switch
    {
        Entity.User => MemberShape.Shape,
        Entity.Company => CompanyShape.Shape,
        Entity.Contact => ContactShape.Shape,
        Entity.Solution => SolutionShape.Shape,
        Entity.Activity => ActivityShape.Shape,
        Entity.Opportunity => OpportunityShape.Shape,
        Entity.Employee => EmployeeShape.Shape,
    };

    public static FieldSpec Text(string key, string label, string member, int? length = null) =>
        new() { Key = key, Label = label, Kind = FieldKind.Text, Member = member, MaxLength = length };

    public static FieldSpec Value(string key, string label, FieldKind kind, string member, int? length = null) =>
        new() { Key = key, Label = label, Kind = kind, Member = member, MaxLength = length };

    /// <summary>The name of a set-up entry that the record refers to.</summary>
    public static FieldSpec NameOf(string key, string label, string member, FieldKind kind = FieldKind.Choice) =>
        new() { Key = key, Label = label, Kind = kind, Member = member, Part = FieldPart.ReferenceName };

    /// <summary>The id of a set-up entry that the record refers to, as a text.</summary>
    public static FieldSpec IdOf(string key, string label, string member) =>
        new() { Key = key, Label = label, Kind = FieldKind.Text, Member = member, Part = FieldPart.ReferenceId };

    /// <summary>The record that this one belongs to.</summary>
    public static FieldSpec Reference(string key, string label, string member, Entity entity) =>
        new() { Key = key, Label = label, Kind = FieldKind.Reference, Member = member, Part = FieldPart.ReferenceId, References = entity };

    /// <summary>The first type's name. Types are changed through associations, never through the record.</summary>
    public static FieldSpec FirstType(string key, string label, string member) =>
        new() { Key = key, Label = label, Kind = FieldKind.Choice, Member = member, Part = FieldPart.FirstName, ReadOnly = true };

    public static FieldSpec Composed(string key, string label, FieldKind kind, IReadOnlyList<string> needs, Func<RecordParts, string?> compose) =>
        new() { Key = key, Label = label, Kind = kind, Part = FieldPart.Composed, Needs = needs, Compose = compose, ReadOnly = true };

    /// <summary>Read from a list of its own below the record.</summary>
    public static FieldSpec Child(string key, string label, FieldKind kind) =>
        new() { Key = key, Label = label, Kind = kind, Part = FieldPart.Child };
}
