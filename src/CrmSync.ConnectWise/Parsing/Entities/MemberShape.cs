using CrmSync.ConnectWise.Paging;
using CrmSync.Core.Records;

namespace CrmSync.ConnectWise.Parsing.Entities;

/// <summary>A member. Members are never deleted: their flag is the only sign of leaving.</summary>
internal static class MemberShape
{
    public static EntityShape Shape { get; } = new(
        "system/members",
        ["id", "type/id", "inactiveFlag", InfoRequest.Narrow],
        new Dictionary<string, MemberRole>
        {
            ["id"] = MemberRole.Id,
            ["_info"] = MemberRole.Info,
            ["type"] = MemberRole.Type,
            ["inactiveFlag"] = MemberRole.InactiveFlag,
            ["customFields"] = MemberRole.CustomFields,
        },
        [
            Shapes.Text(FieldKeys.Identifier, "Login name", "identifier", 15),
            Shapes.Text(FieldKeys.FirstName, "First name", "firstName", 30),
            Shapes.Text(FieldKeys.LastName, "Last name", "lastName", 30),
            Shapes.Composed(FieldKeys.Name, "Full name", FieldKind.Text, ["firstName", "lastName", "identifier"],
                parts => Canonical.Text($"{parts["firstName"]} {parts["lastName"]}") ?? parts["identifier"]),
            Shapes.Composed(FieldKeys.Email, "E-mail", FieldKind.Email,
                ["primaryEmail", "defaultEmail", "officeEmail", "mobileEmail", "homeEmail"],
                parts => parts["primaryEmail"] ?? Chosen(parts, "defaultEmail", "Email")),
            Shapes.Composed(FieldKeys.Phone, "Phone", FieldKind.Phone,
                ["defaultPhone", "officePhone", "officeExtension", "mobilePhone", "mobileExtension", "homePhone", "homeExtension"],
                parts => RecordParts.Phone(Chosen(parts, "defaultPhone", "Phone"), Chosen(parts, "defaultPhone", "Extension"))),
            Shapes.Text(FieldKeys.Title, "Title", "title", 50),
            Shapes.NameOf(FieldKeys.Type, "Type", "type"),
            Shapes.NameOf(FieldKeys.Role, "Work role", "workRole"),
        ]);

    /// <summary>The office, mobile or home member, as the member's default says; office where it says nothing.</summary>
    private static string? Chosen(RecordParts parts, string choice, string what) => parts[choice] switch
    {
        "Mobile" => parts["mobile" + what],
        "Home" => parts["home" + what],
        _ => parts["office" + what],
    };
}
