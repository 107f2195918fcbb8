using CrmSync.Core.Records;

namespace CrmSync.Crm.BuiltIn.Records;

/// <summary>A record as it stands in its row.</summary>
/// <param name="Row">The row's id.</param>
/// <param name="ExternalKey">The key that CrmSync gave it; null for none.</param>
/// <param name="UpdatedAt">When it was last changed, in milliseconds since 1970.</param>
/// <param name="Fields">All fields of the entity, in their order; null for blank.</param>
internal sealed record StoredRecord(long Row, string? ExternalKey, long UpdatedAt, FieldValues Fields)
{
    /// <summary>The record as others see it: its time in whole seconds, as ConnectWise's is, so that the two can be compared (ME-1).</summary>
    public CrmRecord ToRecord(RecordScope scope) => new()
    {
        Id = scope.Id(Row),
        UpdatedAt = DateTimeOffset.FromUnixTimeSeconds(Math.DivRem(UpdatedAt, 1000).Quotient),
        ExternalKey = ExternalKey,
        Fields = Fields,
    };
}
