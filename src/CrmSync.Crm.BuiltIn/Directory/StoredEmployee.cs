using System.Globalization;
using CrmSync.Core.Records;

namespace CrmSync.Crm.BuiltIn.Employees;

/// <summary>An employee as it stands in its row.</summary>
/// <param name="Number">Its number within the tenant.</param>
/// <param name="ExternalKey">The key that CrmSync gave it; null for none.</param>
/// <param name="UpdatedAt">When it was last changed, in milliseconds since 1970.</param>
/// <param name="Fields">All fields, in their order; null for blank.</param>
internal sealed record StoredEmployee(long Number, string? ExternalKey, long UpdatedAt, FieldValues Fields)
{
    private const string Prefix = "E-";

    public CrmId Id => IdOf(Number);

    /// <summary>The id of an employee's number, as people see it: "E-1042".</summary>
    public static CrmId IdOf(long number) => new(Prefix + number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The number that an id names; null where it can be none.</summary>
    public static long? NumberOf(CrmId id) =>
        id.Value is { Length: > 2 and < 20 } text && text.StartsWith(Prefix, StringComparison.Ordinal) && text[2] != '0'
        && long.TryParse(text.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The employee as others see it: its time in whole seconds, as ConnectWise's is, so that the two can be compared (ME-1).</summary>
    public CrmRecord ToRecord() => new()
    {
        Id = Id,
        UpdatedAt = DateTimeOffset.FromUnixTimeSeconds(Math.DivRem(UpdatedAt, 1000).Quotient),
        ExternalKey = ExternalKey,
        Fields = Fields,
    };
}
