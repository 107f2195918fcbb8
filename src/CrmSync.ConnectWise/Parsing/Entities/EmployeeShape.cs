using CrmSync.Core.Records;

namespace CrmSync.ConnectWise.Parsing.Entities;

/// <summary>A member as the employee sync reads it (EM-1): with its places, its photo, and its login name exactly as it is written (EM-5).</summary>
internal static class EmployeeShape
{
    public static EntityShape Shape { get; } = new(
        MemberShape.Shape.Path,
        MemberShape.Shape.Always,
        MemberShape.Shape.Roles,
        [
            Shapes.Text(FieldKeys.Identifier, "Login name", "identifier", 15) with { Exact = true },
            Shapes.Text(FieldKeys.FirstName, "First name", "firstName", 30),
            Shapes.Text(FieldKeys.LastName, "Last name", "lastName", 30),
            MemberShape.Shape.Find(FieldKeys.Email)!,
            Shapes.NameOf(FieldKeys.Location, "Location", "defaultLocation", FieldKind.Text),
            Shapes.IdOf(FieldKeys.LocationId, "Location id", "defaultLocation"),
            Shapes.NameOf(FieldKeys.Team, "Department", "defaultDepartment", FieldKind.Text),
            Shapes.IdOf(FieldKeys.TeamId, "Department id", "defaultDepartment"),
            Shapes.NameOf(FieldKeys.Position, "Work role", "workRole", FieldKind.Text),
            Shapes.IdOf(FieldKeys.PositionId, "Work role id", "workRole"),
            Shapes.Value(FieldKeys.HireDate, "Hire date", FieldKind.Date, "hireDate"),
            Shapes.IdOf(FieldKeys.Photo, "Photo", "photo"),
        ]);
}
