using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;

namespace CrmSync.Core.Records;

/// <summary>
/// The keys of the standard fields. Both sides use them for what means the same, so that a mapping reads as what it does;
/// a field that a customer has defined is "custom:" and the id or name its side gives it.
/// </summary>
public static class FieldKeys
{
#pragma warning disable CS1591 // The names are the fields.
    public const string Name = "name";
    public const string Identifier = "identifier";
    public const string Phone = "phone";
    public const string Phones = "phones";
    public const string MobilePhone = "mobilePhone";
    public const string Fax = "fax";
    public const string Website = "website";
    public const string Email = "email";
    public const string Emails = "emails";
    public const string FirstName = "firstName";
    public const string LastName = "lastName";
    public const string Title = "title";
    public const string AddressLine1 = "addressLine1";
    public const string AddressLine2 = "addressLine2";
    public const string City = "city";
    public const string State = "state";
    public const string Zip = "zip";
    public const string Country = "country";
    public const string AccountNumber = "accountNumber";
    public const string EmployeeCount = "numberOfEmployees";
    public const string AnnualRevenue = "annualRevenue";
    public const string LeadSource = "leadSource";
    public const string Territory = "territory";
    public const string Market = "market";
    public const string Status = "status";
    public const string Type = "type";
    public const string Category = "category";
    public const string Sku = "sku";
    public const string Description = "description";
    public const string Price = "price";
    public const string Cost = "cost";
    public const string BillingCycle = "billingCycle";
    public const string Kind = "kind";
    public const string Subject = "subject";
    public const string Notes = "notes";
    public const string StartAt = "startAt";
    public const string EndAt = "endAt";
    public const string Company = "company";
    public const string Contact = "contact";
    public const string User = "user";
    public const string Salesperson = "salesperson";
    public const string Pipeline = "pipeline";
    public const string Stage = "stage";
    public const string Value = "value";
    public const string Probability = "probability";
    public const string CloseDate = "closeDate";
    public const string LineItems = "lineItems";
    public const string Role = "role";
    public const string List = "list";
    public const string EmployeeIds = "employeeIds";
    public const string Active = "active";
    public const string Location = "location";
    public const string LocationId = "locationId";
    public const string Team = "team";
    public const string TeamId = "teamId";
    public const string Position = "position";
    public const string PositionId = "positionId";
    public const string HireDate = "hireDate";
    public const string Profile = "profile";
    public const string Photo = "photo";
    public const string Picture = "picture";
#pragma warning restore CS1591

    /// <summary>What the key of a field that a customer has defined begins with.</summary>
    public const string CustomPrefix = "custom:";

    private static readonly FrozenDictionary<string, string> Known = typeof(FieldKeys)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(field => field.IsLiteral && field.Name != nameof(CustomPrefix))
        .Select(field => (string)field.GetRawConstantValue()!)
        .ToFrozenDictionary(key => key);

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Known.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The key at the reader's position, without a new string for a standard one.</summary>
    internal static string Intern(ref Utf8JsonReader reader)
    {
        Span<char> buffer = stackalloc char[64];
        if (reader.ValueSpan.Length > buffer.Length || reader.HasValueSequence)
        {
            return reader.GetString()!;
        }

        var length = reader.CopyString(buffer);
        return Lookup.TryGetValue(buffer[..length], out var known) ? known : new string(buffer[..length]);
    }
}
