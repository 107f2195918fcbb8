using CrmSync.Core.Merging;
using CrmSync.Core.Planning;
using CrmSync.Core.Records;
using CrmSync.Core.Setup;

namespace CrmSync.Core.Employees;

/// <summary>Under which settings, and for which directory, employees are planned.</summary>
public sealed record EmployeeContext
{
    /// <summary>The settings.</summary>
    public required EmployeeSettings Settings { get; init; }

    /// <summary>The ConnectWise company that stands in external keys.</summary>
    public required string Company { get; init; }

    /// <summary>The fields that the directory keeps.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>Whether the directory has room for one employee id only.</summary>
    public bool OneEmployeeId { get; init; }

    /// <summary>Whether the directory takes pictures in a way in which this host can give them.</summary>
    public required bool TakesPictures { get; init; }

    /// <summary>The key by which a member's employee is created.</summary>
    public string KeyOf(ConnectWiseId member) => ExternalKeys.Of(Company, Entity.Employee, member);

    /// <summary>The fields that flow, from ConnectWise to the directory only.</summary>
    internal IReadOnlyList<MappedField> Mapped() => [.. EmployeeFields.All.Where(field => Fields.Contains(field.Crm))];
}

/// <summary>The fields of EM-1, their kinds, and how a member says them.</summary>
internal static class EmployeeFields
{
    private static readonly MergePolicy FromConnectWise = new() { Direction = Direction.FromConnectwise, Newer = Side.ConnectWise };

    /// <summary>All fields, in the order in which they are shown.</summary>
    public static IReadOnlyList<MappedField> All { get; } =
    [
        Field(FieldKeys.Email, FieldKind.Text), Field(FieldKeys.EmployeeIds, FieldKind.TextList), Field(FieldKeys.FirstName, FieldKind.Text),
        Field(FieldKeys.LastName, FieldKind.Text), Field(FieldKeys.Active, FieldKind.Boolean), Field(FieldKeys.Location, FieldKind.Text),
        Field(FieldKeys.LocationId, FieldKind.Text), Field(FieldKeys.Team, FieldKind.Text), Field(FieldKeys.TeamId, FieldKind.Text),
        Field(FieldKeys.Position, FieldKind.Text), Field(FieldKeys.PositionId, FieldKind.Text), Field(FieldKeys.HireDate, FieldKind.Date),
        Field(FieldKeys.Profile, FieldKind.Text),
    ];

    /// <summary>Whether two values of a field mean the same.</summary>
    public static bool Same(string key, string? left, string? right) =>
        FieldEquality.Same(All.FirstOrDefault(field => field.Crm == key)?.Kind ?? FieldKind.Text, left, right, "");

    /// <summary>What a member is asked for.</summary>
    public static IReadOnlyList<string> OfMember { get; } =
    [
        FieldKeys.Identifier, FieldKeys.FirstName, FieldKeys.LastName, FieldKeys.Email, FieldKeys.Location, FieldKeys.LocationId, FieldKeys.Team,
        FieldKeys.TeamId, FieldKeys.Position, FieldKeys.PositionId, FieldKeys.HireDate, FieldKeys.Photo,
    ];

    /// <summary>A member in the directory's vocabulary. What is absent is not synchronised: an address that is blank, a profile that nobody chose.</summary>
    public static FieldValues Translate(ConnectWiseRecord member, EmployeeContext context, bool active)
    {
        var values = new FieldValues(All.Count);
        foreach (var field in context.Mapped())
        {
            var value = field.Crm switch
            {
                FieldKeys.Active => Canonical.Boolean(active),
                FieldKeys.EmployeeIds => EmployeeIds.Join(EmployeeIds.Of(member).Take(context.OneEmployeeId ? 1 : int.MaxValue)),
                FieldKeys.Profile => context.Settings.Profile,
                var key => member.Fields[key],
            };
            if (value is not null || field.Crm is not (FieldKeys.Email or FieldKeys.Profile))
            {
                values.Add(field.Crm, value);
            }
        }

        return values;
    }

    private static MappedField Field(string key, FieldKind kind) => new(key, key, kind, null, FromConnectWise, FromConnectWise);
}
