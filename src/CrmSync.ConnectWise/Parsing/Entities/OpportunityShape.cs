using CrmSync.ConnectWise.Paging;
using CrmSync.Core.Records;

namespace CrmSync.ConnectWise.Parsing.Entities;

/// <summary>An opportunity. Its value, lines and notes stand in lists below it: see <c>OpportunityChildrenReader</c>.</summary>
internal static class OpportunityShape
{
    public static EntityShape Shape { get; } = new(
        "sales/opportunities",
        ["id", "type/id", "status/id", "stage/id", InfoRequest.Narrow],
        new Dictionary<string, MemberRole>
        {
            ["id"] = MemberRole.Id,
            ["_info"] = MemberRole.Info,
            ["type"] = MemberRole.Type,
            ["status"] = MemberRole.Status,
            ["stage"] = MemberRole.Stage,
            ["customFields"] = MemberRole.CustomFields,
        },
        [
            Shapes.Text(FieldKeys.Name, "Name", "name", 100),
            Shapes.NameOf(FieldKeys.Type, "Type", "type"),
            Shapes.NameOf(FieldKeys.Status, "Status", "status"),
            Shapes.NameOf(FieldKeys.Stage, "Stage", "stage"),

            // The reference's name is the percentage ("50").
            Shapes.NameOf(FieldKeys.Probability, "Probability (percent)", "probability", FieldKind.Number),
            Shapes.Value(FieldKeys.CloseDate, "Expected close date", FieldKind.Date, "expectedCloseDate"),
            Shapes.Reference(FieldKeys.Company, "Company", "company", Entity.Company),
            Shapes.Reference(FieldKeys.Contact, "Contact", "contact", Entity.Contact),
            Shapes.Reference(FieldKeys.Salesperson, "Salesperson", "primarySalesRep", Entity.User),
            Shapes.Value(FieldKeys.Description, "Description", FieldKind.LongText, "notes"),
            Shapes.Text(FieldKeys.LeadSource, "Source", "source", 50),
            Shapes.Child(FieldKeys.Value, "Value", FieldKind.Number),
            Shapes.Child(FieldKeys.LineItems, "Line items", FieldKind.LineItems),
            Shapes.Child(FieldKeys.Notes, "Notes", FieldKind.Notes),
        ]);
}
