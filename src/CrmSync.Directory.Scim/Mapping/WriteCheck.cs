using System.Globalization;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Scim.Mapping;

/// <summary>What no directory could take, found before anything is sent. Pure.</summary>
internal static class WriteCheck
{
    /// <summary>Why a write cannot be sent; null where it can.</summary>
    public static CrmError? Problem(CrmWrite write, FieldTargets targets)
    {
        foreach (var (field, value) in write.Fields)
        {
            if (targets.Find(field) is null)
            {
                return new CrmError("field-unknown", $"The directory has no place for the field \"{field}\".", false);
            }

            var fits = field switch
            {
                FieldKeys.Email => value is not null && value.Contains('@', StringComparison.Ordinal) && !value.Any(char.IsWhiteSpace),
                FieldKeys.Active => value is "true" or "false",
                FieldKeys.HireDate => value is null || DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
                _ => true,
            };
            if (!fits)
            {
                return new CrmError("value-invalid", $"The field \"{field}\" does not take what was sent.", false);
            }
        }

        return write.Id is null && write.Fields[FieldKeys.Email] is null
            ? new CrmError("value-required", "An employee needs an e-mail address.", false)
            : null;
    }
}
