using CrmSync.ConnectWise.Paging;
using CrmSync.Core.Records;

namespace CrmSync.ConnectWise.Parsing.Entities;

/// <summary>A company. Deleted ones stay in the list with their flag set.</summary>
internal static class CompanyShape
{
    public static EntityShape Shape { get; } = new(
        "company/companies",
        ["id", "types", "status/id", "deletedFlag", InfoRequest.Narrow],
        new Dictionary<string, MemberRole>
        {
            ["id"] = MemberRole.Id,
            ["_info"] = MemberRole.Info,
            ["types"] = MemberRole.Types,
            ["status"] = MemberRole.Status,
            ["deletedFlag"] = MemberRole.InactiveFlag,
            ["customFields"] = MemberRole.CustomFields,
        },
        [
            Shapes.Text(FieldKeys.Name, "Name", "name", 50),
            Shapes.Text(FieldKeys.Identifier, "Company ID", "identifier", 30),
            Shapes.Value(FieldKeys.Phone, "Phone", FieldKind.Phone, "phoneNumber", 30),
            Shapes.Value(FieldKeys.Fax, "Fax", FieldKind.Phone, "faxNumber", 30),
            Shapes.Value(FieldKeys.Website, "Website", FieldKind.Url, "website", 255),
            Shapes.Text(FieldKeys.AddressLine1, "Address line 1", "addressLine1", 50),
            Shapes.Text(FieldKeys.AddressLine2, "Address line 2", "addressLine2", 50),
            Shapes.Text(FieldKeys.City, "City", "city", 50),
            Shapes.Text(FieldKeys.State, "State", "state", 50),
            Shapes.Text(FieldKeys.Zip, "Zip", "zip", 12),
            Shapes.NameOf(FieldKeys.Country, "Country", "country", FieldKind.Text),
            Shapes.FirstType(FieldKeys.Type, "Type", "types"),
            Shapes.NameOf(FieldKeys.Status, "Status", "status"),
            Shapes.Text(FieldKeys.AccountNumber, "Account number", "accountNumber", 41),
            Shapes.Value(FieldKeys.EmployeeCount, "Number of employees", FieldKind.Number, "numberOfEmployees"),
            Shapes.Value(FieldKeys.AnnualRevenue, "Annual revenue", FieldKind.Number, "annualRevenue"),
            Shapes.Text(FieldKeys.LeadSource, "Lead source", "leadSource", 50),
            Shapes.NameOf(FieldKeys.Territory, "Territory", "territory"),
            Shapes.NameOf(FieldKeys.Market, "Market", "market"),
        ]);
}
