using CrmSync.Core.Records;
using CrmSync.Core.Tests.Setup.Fakes;

namespace CrmSync.Simulation.Engine;

/// <summary>What an oracle asks of backups.</summary>
internal static class Backups
{
    /// <summary>Whether a record stands in some backup as it was, in one field.</summary>
    public static bool Hold(this MemoryBackups backups, CrmId id, string field, string? value) =>
        backups.Records.Values.Any(piece => piece.Any(record => record.Id == id.Value && record.Fields.TryGet(field, out var kept) && kept == value));
}
