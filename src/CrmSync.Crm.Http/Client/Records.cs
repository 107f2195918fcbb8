using CrmSync.Core.Records;

namespace CrmSync.Crm.Http.Client;

/// <summary>What must hold of records in any answer.</summary>
internal static class Records
{
    /// <summary>What is wrong with them; null for nothing.</summary>
    public static string? Check(IReadOnlyList<CrmRecord> records) =>
        records.Any(record => record is not { Id.Value.Length: > 0 }) ? "A record in it has no id." : null;
}
