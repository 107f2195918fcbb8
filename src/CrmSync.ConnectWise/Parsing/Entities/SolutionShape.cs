using CrmSync.ConnectWise.Paging;
using CrmSync.Core.Records;

namespace CrmSync.ConnectWise.Parsing.Entities;

/// <summary>A catalog item. What people see as its name is <c>description</c>; its SKU is <c>identifier</c>.</summary>
internal static class SolutionShape
{
    public static EntityShape Shape { get; } = new(
        "procurement/catalog",
        ["id", "type/id", "category/id", "recurringFlag", "recurringBillCycle/id", "inactiveFlag", InfoRequest.Narrow],
        new Dictionary<string, MemberRole>
        {
            ["id"] = MemberRole.Id,
            ["_info"] = MemberRole.Info,
            ["type"] = MemberRole.Type,
            ["category"] = MemberRole.Category,
            ["recurringFlag"] = MemberRole.RecurringFlag,
            ["recurringBillCycle"] = MemberRole.BillingCycle,
            ["inactiveFlag"] = MemberRole.InactiveFlag,
            ["customFields"] = MemberRole.CustomFields,
        },
        [
            Shapes.Text(FieldKeys.Name, "Name", "description", 60),
            Shapes.Text(FieldKeys.Sku, "Product ID (SKU)", "identifier", 60),
            Shapes.Value(FieldKeys.Description, "Customer description", FieldKind.LongText, "customerDescription", 6000),
            Shapes.Value(FieldKeys.Price, "Price", FieldKind.Number, "price"),
            Shapes.Value(FieldKeys.Cost, "Cost", FieldKind.Number, "cost"),
            Shapes.NameOf(FieldKeys.BillingCycle, "Billing cycle", "recurringBillCycle"),
            Shapes.NameOf(FieldKeys.Type, "Type", "type"),
            Shapes.NameOf(FieldKeys.Category, "Category", "category"),
            Shapes.Value(FieldKeys.Notes, "Notes", FieldKind.LongText, "notes"),
        ]);
}
