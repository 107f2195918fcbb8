using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Simulation.Engine;

/// <summary>Backups in memory.</summary>
internal sealed class MemoryBackups : IBackupStore
{
    private readonly Dictionary<(RunId Run, BackupName Name), IReadOnlyList<BackupRecord>> _pieces = [];

    /// <summary>Whether a record stands in some backup as it was, in one field.</summary>
    public bool Holds(string id, string field, string? value) =>
        _pieces.Values.Any(piece => piece.Any(record => record.Id == id && record.Fields.TryGet(field, out var kept) && kept == value));

    public Task WriteAsync(TenantId tenant, RunId run, BackupName name, IReadOnlyList<BackupRecord> records, CancellationToken cancellation)
    {
        // Repeating with the same name keeps what was stored first; what is new in it is new all the same.
        _pieces.TryAdd((run, name), records);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<BackupSummary>> ListAsync(TenantId tenant, CancellationToken cancellation) =>
        throw new NotSupportedException("An import does not list backups.");

    public IAsyncEnumerable<BackupRecord> ReadAsync(TenantId tenant, RunId run, CancellationToken cancellation) =>
        throw new NotSupportedException("An import does not read backups.");
}
