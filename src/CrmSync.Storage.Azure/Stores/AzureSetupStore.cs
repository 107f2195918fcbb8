using System.Text.Json;
using Azure.Data.Tables;
using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Setup;
using CrmSync.Storage.Azure.Tables;

namespace CrmSync.Storage.Azure;

/// <summary>The set-ups in Table storage, one row a tenant, guarded by the row's ETag.</summary>
public sealed class AzureSetupStore : ISetupStore
{
    private const string RowKey = "setup";
    private const string WriterColumn = "Writer";

    private readonly TableClient _table;
    private readonly RowContents _contents;

    internal AzureSetupStore(TableClient table, RowContents contents) => (_table, _contents) = (table, contents);

    /// <inheritdoc />
    public async Task<TenantSetup> ReadAsync(TenantId tenant, CancellationToken cancellation) =>
        await FindAsync(tenant, cancellation).ConfigureAwait(false) is { } found ? Read(found.Content) : new TenantSetup();

    /// <inheritdoc />
    public async Task<bool> TryWriteAsync(TenantId tenant, TenantSetup setup, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(setup);
        var stored = await FindAsync(tenant, cancellation).ConfigureAwait(false);
        if ((stored is { } found ? Read(found.Content).Version : 0) != setup.Version)
        {
            return false;
        }

        var writer = Guid.NewGuid();
        var row = new TableEntity(tenant.Value, RowKey) { [WriterColumn] = writer };
        var content = JsonSerializer.SerializeToUtf8Bytes(setup with { Version = setup.Version + 1 }, CoreJson.Options);
        await _contents.PutAsync(row, $"{tenant}/setup", content, cancellation).ConfigureAwait(false);
        var written = stored is null
            ? await _table.TryAddAsync(row, cancellation).ConfigureAwait(false)
            : await _table.TryReplaceAsync(row, stored.Value.Row.ETag, cancellation).ConfigureAwait(false);

        // A write whose answer was lost is repeated and then refused: the row tells whose it is.
        if (!written && (await FindAsync(tenant, cancellation).ConfigureAwait(false))?.Row.GetGuid(WriterColumn) != writer)
        {
            return false;
        }

        await _contents.RemoveAsync(stored?.Row, cancellation).ConfigureAwait(false);
        return true;
    }

    private Task<(TableEntity Row, ReadOnlyMemory<byte> Content)?> FindAsync(TenantId tenant, CancellationToken cancellation) =>
        _contents.ReadAsync(_table, new RowAddress(tenant.Value, RowKey), cancellation);

    private static TenantSetup Read(ReadOnlyMemory<byte> content) => JsonSerializer.Deserialize<TenantSetup>(content.Span, CoreJson.Options)!;
}
