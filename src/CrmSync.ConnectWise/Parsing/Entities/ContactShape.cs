using CrmSync.ConnectWise.Paging;
using CrmSync.Core.Records;

namespace CrmSync.ConnectWise.Parsing.Entities;

/// <summary>A contact. Its addresses and numbers are entries of <c>communicationItems</c>, the default of each kind marked.</summary>
internal static class ContactShape
{
    private const string Items = "communicationItems";

    public static EntityShape Shape { get; } = new(
        "company/contacts",
        ["id", "types", "inactiveFlag", InfoRequest.Narrow],
        new Dictionary<string, MemberRole>
        {
            ["id"] = MemberRole.Id,
            ["_info"] = MemberRole.Info,
            ["types"] = MemberRole.Types,
            ["inactiveFlag"] = MemberRole.InactiveFlag,
            [Items] = MemberRole.CommunicationItems,
            ["customFields"] = MemberRole.CustomFields,
        },
        [
            Shapes.Text(FieldKeys.FirstName, "First name", "firstName", 30),
            Shapes.Text(FieldKeys.LastName, "Last name", "lastName", 30),
            Shapes.Composed(FieldKeys.Name, "Full name", FieldKind.Text, ["firstName", "lastName"],
                parts => Canonical.Text($"{parts["firstName"]} {parts["lastName"]}")),
            Shapes.Text(FieldKeys.Title, "Title", "title", 100),
            Shapes.Composed(FieldKeys.Email, "E-mail (default)", FieldKind.Email, [Items], parts => parts.First("Email")),
            Shapes.Composed(FieldKeys.Emails, "E-mails", FieldKind.TextList, [Items], parts => parts.All("Email")),

            // Lists that leave communicationItems out still carry the projection of the default phone.
            Shapes.Composed(FieldKeys.Phone, "Phone (default)", FieldKind.Phone, [Items, "defaultPhoneNbr", "defaultPhoneExtension"],
                parts => parts.First("Phone") ?? RecordParts.Phone(parts["defaultPhoneNbr"], parts["defaultPhoneExtension"])),
            Shapes.Composed(FieldKeys.Phones, "Phones", FieldKind.TextList, [Items], parts => parts.All("Phone")),
            Shapes.Composed(FieldKeys.MobilePhone, "Mobile phone", FieldKind.Phone, [Items], parts => parts.FirstWhere("Phone", IsMobile)),
            Shapes.Composed(FieldKeys.Fax, "Fax", FieldKind.Phone, [Items], parts => parts.First("Fax")),
            Shapes.Text(FieldKeys.AddressLine1, "Address line 1", "addressLine1", 50),
            Shapes.Text(FieldKeys.AddressLine2, "Address line 2", "addressLine2", 50),
            Shapes.Text(FieldKeys.City, "City", "city", 50),
            Shapes.Text(FieldKeys.State, "State", "state", 50),
            Shapes.Text(FieldKeys.Zip, "Zip", "zip", 12),
            Shapes.NameOf(FieldKeys.Country, "Country", "country", FieldKind.Text),
            Shapes.Reference(FieldKeys.Company, "Company", "company", Entity.Company),
            Shapes.FirstType(FieldKeys.Type, "Type", "types"),
        ]);

    /// <summary>Tenants name their communication types freely; these words are in ConnectWise's own set.</summary>
    private static bool IsMobile(CommunicationItem item) => item.TypeName is { } name
        && (name.Contains("mobile", StringComparison.OrdinalIgnoreCase) || name.Contains("cell", StringComparison.OrdinalIgnoreCase));
}
