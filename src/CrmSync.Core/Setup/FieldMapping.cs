using CrmSync.Core.Records;

namespace CrmSync.Core.Setup;

/// <summary>Which way a field flows (ME-5).</summary>
public enum Direction
{
    /// <summary>Changes on either side reach the other.</summary>
    Both,

    /// <summary>Only from ConnectWise to the CRM.</summary>
    FromConnectwise,

    /// <summary>Only from the CRM to ConnectWise.</summary>
    ToConnectwise,

    /// <summary>Not at all.</summary>
    None,
}

/// <summary>One field of ConnectWise and the field of the CRM that holds the same.</summary>
/// <param name="ConnectWise">Key of ConnectWise's field.</param>
/// <param name="Crm">Key of the CRM's field.</param>
/// <param name="Direction">Which way it flows.</param>
public sealed record FieldMapping(string ConnectWise, string Crm, Direction Direction = Direction.Both);

/// <summary>The mapping that a tenant starts with: the standard fields that both sides have.</summary>
public static class DefaultMappings
{
    private static readonly FieldMapping[] Company = Same(
        FieldKeys.Name, FieldKeys.Phone, FieldKeys.Fax, FieldKeys.Website, FieldKeys.AddressLine1, FieldKeys.AddressLine2, FieldKeys.City, FieldKeys.State,
        FieldKeys.Zip, FieldKeys.Country, FieldKeys.AccountNumber, FieldKeys.EmployeeCount, FieldKeys.AnnualRevenue);

    private static readonly FieldMapping[] Contact = Same(
        FieldKeys.FirstName, FieldKeys.LastName, FieldKeys.Title, FieldKeys.Email, FieldKeys.Emails, FieldKeys.Phone, FieldKeys.Phones, FieldKeys.MobilePhone,
        FieldKeys.AddressLine1, FieldKeys.AddressLine2, FieldKeys.City, FieldKeys.State, FieldKeys.Zip, FieldKeys.Country, FieldKeys.Company);

    private static readonly FieldMapping[] Solution =
        Same(FieldKeys.Name, FieldKeys.Sku, FieldKeys.Description, FieldKeys.Price, FieldKeys.Cost, FieldKeys.BillingCycle);

    private static readonly FieldMapping[] Activity =
        Same(FieldKeys.Subject, FieldKeys.Notes, FieldKeys.StartAt, FieldKeys.EndAt, FieldKeys.Company, FieldKeys.Contact, FieldKeys.User);

    private static readonly FieldMapping[] Opportunity = Same(
        FieldKeys.Name, FieldKeys.Description, FieldKeys.CloseDate, FieldKeys.Probability, FieldKeys.Value, FieldKeys.Company, FieldKeys.Contact,
        FieldKeys.Salesperson, FieldKeys.LineItems, FieldKeys.Notes);

    /// <summary>The standard mapping of an entity.</summary>
    public static IReadOnlyList<FieldMapping> Of(Entity entity) => entity switch
    {
        Entity.User or Entity.Employee => [],
        Entity.Company => Company,
        Entity.Contact => Contact,
        Entity.Solution => Solution,
        Entity.Activity => Activity,
        Entity.Opportunity => Opportunity,
    };

    private static FieldMapping[] Same(params string[] keys) => [.. keys.Select(key => new FieldMapping(key, key))];
}
