using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Crm.BuiltIn.Fields;
using Keys = CrmSync.Core.Records.FieldKeys;

namespace CrmSync.Crm.BuiltIn.Employees;

/// <summary>The fields of an employee, and what each accepts.</summary>
internal static class EmployeeFields
{
    private const int TextLength = 255;
    private const int IdsLength = 10_000;

    /// <summary>All of them, in the order in which people see them.</summary>
    public static IReadOnlyList<FieldDefinition> All { get; } =
    [
        Text(Keys.FirstName, "First name"),
        Text(Keys.LastName, "Last name"),
        Text(Keys.Email, "E-mail", FieldKind.Email),
        Text(Keys.EmployeeIds, "Employee ids", FieldKind.TextList) with { MaxLength = IdsLength },
        Text(Keys.Location, "Location"),
        Text(Keys.LocationId, "Location id"),
        Text(Keys.Team, "Team"),
        Text(Keys.TeamId, "Team id"),
        Text(Keys.Position, "Position"),
        Text(Keys.PositionId, "Position id"),
        Text(Keys.HireDate, "Hire date", FieldKind.Date),
        Text(Keys.Profile, "Profile"),
        Text(Keys.Active, "Active", FieldKind.Boolean),
    ];

    public static IReadOnlySet<string> Known { get; } = All.Select(field => field.Key).ToHashSet();

    /// <summary>The fields of an employee once these are written over them; an error where one is refused.</summary>
    /// <param name="given">What is written.</param>
    /// <param name="before">The fields as they were; null for a new employee.</param>
    /// <param name="profiles">The profiles that there are.</param>
    /// <param name="after">All fields, in their order.</param>
    public static CrmError? Over(FieldValues given, FieldValues? before, IReadOnlyList<EmployeeProfile> profiles, out FieldValues after)
    {
        after = new FieldValues(All.Count);
        foreach (var field in All)
        {
            var value = before?[field.Key];
            if (given.TryGet(field.Key, out var text) && Check(field, text, value, profiles, out value) is { } refused)
            {
                return refused;
            }

            after.Add(field.Key, value);
        }

        after[Keys.Active] ??= "true";
        var unknown = given.FirstOrDefault(field => !Known.Contains(field.Key)).Key;
        return unknown is not null ? new CrmError("field-unknown", $"An employee has no field \"{unknown}\".", false)
            : after[Keys.Email] is null ? CrmErrors.Required(["E-mail"])
            : null;
    }

    private static CrmError? Check(FieldDefinition field, string? given, string? before, IReadOnlyList<EmployeeProfile> profiles, out string? value)
    {
        if (field.Key == Keys.EmployeeIds)
        {
            // As they were sent: case, spaces and special characters count (EM-5).
            var ids = Canonical.Lines(given).Where(id => !string.IsNullOrWhiteSpace(id)).Distinct(StringComparer.Ordinal).ToList();
            value = ids.Count == 0 ? null : string.Join('\n', ids);
            return value?.Length > IdsLength ? CrmErrors.TooLong(field, value.Length) : null;
        }

        if (FieldRules.Check(field, given, out value) is { } refused)
        {
            return refused;
        }

        if (field.Key != Keys.Profile || value is null || value == before)
        {
            return null;
        }

        // A name is found without case, and kept as the directory spells it.
        var typed = value;
        value = profiles.FirstOrDefault(profile => profile.Active && string.Equals(profile.Name, typed, StringComparison.OrdinalIgnoreCase))?.Name;
        return value is null ? CrmErrors.UnknownChoice(field, typed) : null;
    }

    private static FieldDefinition Text(string key, string label, FieldKind kind = FieldKind.Text) =>
        new() { Key = key, Label = label, Kind = kind, MaxLength = kind is FieldKind.Text or FieldKind.Email ? TextLength : null };
}
