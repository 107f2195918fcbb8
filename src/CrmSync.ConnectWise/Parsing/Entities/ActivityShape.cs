using CrmSync.ConnectWise.Paging;
using CrmSync.Core.Records;

namespace CrmSync.ConnectWise.Parsing.Entities;

/// <summary>A sales activity.</summary>
internal static class ActivityShape
{
    public static EntityShape Shape { get; } = new(
        "sales/activities",
        ["id", "type/id", "status/id", InfoRequest.Narrow],
        new Dictionary<string, MemberRole>
        {
            ["id"] = MemberRole.Id,
            ["_info"] = MemberRole.Info,
            ["type"] = MemberRole.Type,
            ["status"] = MemberRole.Status,
            ["customFields"] = MemberRole.CustomFields,
        },
        [
            Shapes.Text(FieldKeys.Subject, "Subject", "name", 100),
            Shapes.NameOf(FieldKeys.Type, "Type", "type"),
            Shapes.NameOf(FieldKeys.Status, "Status", "status"),
            Shapes.Value(FieldKeys.Notes, "Notes", FieldKind.LongText, "notes"),
            Shapes.Value(FieldKeys.StartAt, "Start", FieldKind.DateTime, "dateStart"),
            Shapes.Value(FieldKeys.EndAt, "End", FieldKind.DateTime, "dateEnd"),
            Shapes.Reference(FieldKeys.Company, "Company", "company", Entity.Company),
            Shapes.Reference(FieldKeys.Contact, "Contact", "contact", Entity.Contact),
            Shapes.Reference(FieldKeys.User, "Assigned to", "assignTo", Entity.User),
            Shapes.Value(FieldKeys.Phone, "Phone", FieldKind.Phone, "phoneNumber", 30),
            Shapes.Value(FieldKeys.Email, "E-mail", FieldKind.Email, "email", 250),
        ]);
}
