using CrmSync.Core.Records;
using Keys = CrmSync.Core.Records.FieldKeys;

namespace CrmSync.Crm.BuiltIn.Fields;

/// <summary>The fields that every tenant has, by entity, and which of them a record cannot be without.</summary>
internal static class StandardFields
{
    private const int TextLength = 255;
    private const int PhoneLength = 100;
    private const int EmailLength = 254;
    private const int UrlLength = 2_000;
    private const int ListLength = 10_000;
    private const int LongTextLength = 1_048_576;

    private static readonly FieldDefinition[] Address =
    [
        Text(Keys.AddressLine1, "Address line 1"),
        Text(Keys.AddressLine2, "Address line 2"),
        Text(Keys.City, "City"),
        Text(Keys.State, "State"),
        Text(Keys.Zip, "ZIP"),
        Text(Keys.Country, "Country"),
    ];

    private static readonly FieldDefinition[] User =
    [
        Text(Keys.Name, "Name"),
        Of(Keys.Email, "E-mail", FieldKind.Email, EmailLength),
        Choice(Keys.Role, "Role"),
    ];

    private static readonly FieldDefinition[] Company =
    [
        Text(Keys.Name, "Name"),
        Of(Keys.Phone, "Phone", FieldKind.Phone, PhoneLength),
        Of(Keys.Fax, "Fax", FieldKind.Phone, PhoneLength),
        Of(Keys.Website, "Website", FieldKind.Url, UrlLength),
        .. Address,
        Text(Keys.AccountNumber, "Account number"),
        Of(Keys.EmployeeCount, "Number of employees", FieldKind.Number),
        Of(Keys.AnnualRevenue, "Annual revenue", FieldKind.Number),
        Choice(Keys.Type, "Type"),
        Of(Keys.Description, "Description", FieldKind.LongText, LongTextLength),
    ];

    private static readonly FieldDefinition[] Contact =
    [
        Text(Keys.FirstName, "First name"),
        Text(Keys.LastName, "Last name"),
        Text(Keys.Title, "Title"),
        Of(Keys.Email, "E-mail", FieldKind.Email, EmailLength),
        Of(Keys.Emails, "Further e-mails", FieldKind.TextList, ListLength),
        Of(Keys.Phone, "Phone", FieldKind.Phone, PhoneLength),
        Of(Keys.Phones, "Further phones", FieldKind.TextList, ListLength),
        Of(Keys.MobilePhone, "Mobile phone", FieldKind.Phone, PhoneLength),
        .. Address,
        Choice(Keys.Type, "Type"),
        Reference(Keys.Company, "Company", Entity.Company),
    ];

    private static readonly FieldDefinition[] Solution =
    [
        Text(Keys.Name, "Name"),
        Text(Keys.Sku, "SKU"),
        Of(Keys.Description, "Description", FieldKind.LongText, LongTextLength),
        Of(Keys.Price, "Price", FieldKind.Number),
        Of(Keys.Cost, "Cost", FieldKind.Number),
        Text(Keys.BillingCycle, "Billing cycle"),
        Choice(Keys.Category, "Category"),
    ];

    private static readonly FieldDefinition[] Activity =
    [
        Choice(Keys.Kind, "Kind"),
        Text(Keys.Subject, "Subject"),
        Of(Keys.Notes, "Notes", FieldKind.LongText, LongTextLength),
        Of(Keys.StartAt, "Start", FieldKind.DateTime),
        Of(Keys.EndAt, "End", FieldKind.DateTime),
        Reference(Keys.Company, "Company", Entity.Company),
        Reference(Keys.Contact, "Contact", Entity.Contact),
        Reference(Keys.User, "User", Entity.User),
    ];

    private static readonly FieldDefinition[] Opportunity =
    [
        Text(Keys.Name, "Name"),
        Choice(Keys.Type, "Type"),
        Choice(Keys.Pipeline, "Pipeline"),
        Choice(Keys.Stage, "Stage"),
        Of(Keys.Value, "Value", FieldKind.Number),
        Of(Keys.Probability, "Probability", FieldKind.Number),
        Of(Keys.CloseDate, "Close date", FieldKind.Date),
        Of(Keys.Description, "Description", FieldKind.LongText, LongTextLength),
        Reference(Keys.Company, "Company", Entity.Company),
        Reference(Keys.Contact, "Contact", Entity.Contact),
        Reference(Keys.Salesperson, "Salesperson", Entity.User),
        Of(Keys.LineItems, "Line items", FieldKind.LineItems),
        Of(Keys.Notes, "Notes", FieldKind.Notes),
    ];

    /// <summary>The standard fields of an entity, in the order in which people see them.</summary>
    public static IReadOnlyList<FieldDefinition> Of(Entity entity) => entity switch
    {
        Entity.User => User,
        Entity.Company => Company,
        Entity.Contact => Contact,
        Entity.Solution => Solution,
        Entity.Activity => Activity,
        Entity.Opportunity => Opportunity,

        // Employees stand in the directory, with tables of their own.
        Entity.Employee => [],
    };

    /// <summary>Of these fields a record has at least one.</summary>
    public static IReadOnlyList<string> Required(Entity entity) => entity switch
    {
        Entity.User => [Keys.Email],
        Entity.Company => [Keys.Name],
        Entity.Contact => [Keys.FirstName, Keys.LastName],
        Entity.Solution => [Keys.Name],
        Entity.Activity => [Keys.Kind],
        Entity.Opportunity => [Keys.Name],
        Entity.Employee => [],
    };

    /// <summary>The longest text of a customer's own field of a kind; null where only its form is checked.</summary>
    public static int? LengthOf(FieldKind kind) => kind switch
    {
        FieldKind.Text or FieldKind.Choice => TextLength,
        FieldKind.LongText => LongTextLength,
        FieldKind.Phone => PhoneLength,
        FieldKind.Email => EmailLength,
        FieldKind.Url => UrlLength,
        FieldKind.TextList => ListLength,
        FieldKind.Number or FieldKind.Boolean or FieldKind.Date or FieldKind.DateTime or FieldKind.Reference or FieldKind.LineItems or FieldKind.Notes => null,
    };

    private static FieldDefinition Text(string key, string label) => Of(key, label, FieldKind.Text, TextLength);

    private static FieldDefinition Choice(string key, string label) => Of(key, label, FieldKind.Choice, TextLength);

    private static FieldDefinition Reference(string key, string label, Entity entity) => Of(key, label, FieldKind.Reference) with { References = entity };

    private static FieldDefinition Of(string key, string label, FieldKind kind, int? length = null) =>
        new() { Key = key, Label = label, Kind = kind, MaxLength = length };
}
