using System.Text.Json;
using Azure.Data.Tables;
using CrmSync.Core;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Storage.Azure.Tables;

namespace CrmSync.Storage.Azure.Runs;

/// <summary>
/// The rows of runs: a tenant is a partition, with a row for each run, the newest first, and for each kind of run one row that names the one under way. As
/// they lie in one partition, a run and that row are written in one transaction: there is never a run under way that the row does not name (IM-8).
/// </summary>
internal sealed class RunRows(TableClient table, RowContents contents)
{
    private const string RunColumn = "Run";

    // Behind no run's key, which is hex digits or begins with "=".
    private const string UnderWayKeys = "under-way";

    /// <summary>The run of a kind that has not ended; null for none.</summary>
    public async Task<UnderWay?> UnderWayAsync(TenantId tenant, RunKind kind, CancellationToken cancellation) =>
        await table.FindAsync(new RowAddress(tenant.Value, UnderWayKey(kind)), cancellation).ConfigureAwait(false) is { } row
            ? new UnderWay(new RunId(row.GetString(RunColumn)), row) : null;

    /// <summary>Adds a run and names it as under way; false where another of its kind is.</summary>
    public async Task<bool> TryAddAsync(Run run, CancellationToken cancellation)
    {
        var row = await RowAsync(run, cancellation).ConfigureAwait(false);
        var underWay = new TableEntity(run.Tenant.Value, UnderWayKey(run.Kind)) { [RunColumn] = run.Id.Value };
        return await table.TrySubmitAsync(
            run.Ended ? [Add(row)] : [Add(underWay), Add(row)], cancellation).ConfigureAwait(false);
    }

    /// <summary>Replaces a run that is still as it was read; one that has ended is no longer named as under way. False where it was changed.</summary>
    public async Task<bool> TryReplaceAsync(Run run, StoredRun read, CancellationToken cancellation)
    {
        var actions = new List<TableTransactionAction>
        {
            new(TableTransactionActionType.UpdateReplace, await RowAsync(run, cancellation).ConfigureAwait(false), read.Row.ETag),
        };
        if (run.Ended && await UnderWayAsync(run.Tenant, run.Kind, cancellation).ConfigureAwait(false) is { } underWay && underWay.Run == run.Id)
        {
            actions.Add(new TableTransactionAction(TableTransactionActionType.Delete, underWay.Row, underWay.Row.ETag));
        }

        if (!await table.TrySubmitAsync(actions, cancellation).ConfigureAwait(false))
        {
            return false;
        }

        await contents.RemoveAsync(read.Row, cancellation).ConfigureAwait(false);
        return true;
    }

    /// <summary>One run; null for none.</summary>
    public async Task<StoredRun?> FindAsync(TenantId tenant, RunId run, CancellationToken cancellation) =>
        await contents.ReadAsync(table, AddressOf(tenant, run), cancellation).ConfigureAwait(false) is { } found
            ? new StoredRun(Read(found.Content), found.Row) : null;

    /// <summary>A tenant's runs, newest first.</summary>
    public async IAsyncEnumerable<Run> ReadAsync(
        TenantId tenant, RunId? before, int limit, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var begin = before is { } run ? AddressOf(tenant, run).Row : "";
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {tenant.Value} and RowKey gt {begin} and RowKey lt {UnderWayKeys}");
        var rows = table.QueryAsync<TableEntity>(filter, Math.Clamp(limit, 1, 1000), cancellationToken: cancellation);
        await foreach (var row in rows.ConfigureAwait(false))
        {
            if (await contents.GetAsync(row, cancellation).ConfigureAwait(false) is { } content)
            {
                yield return Read(content);
            }
            else if (await contents.ReadAsync(table, new RowAddress(tenant.Value, row.RowKey), cancellation).ConfigureAwait(false) is { } again)
            {
                yield return Read(again.Content);
            }
        }
    }

    private static string UnderWayKey(RunKind kind) => kind switch
    {
        RunKind.Import => UnderWayKeys,
        RunKind.EmployeeSync => UnderWayKeys + "-employees",
    };

    private static RowAddress AddressOf(TenantId tenant, RunId run) => new(tenant.Value, KeyText.Descending(run.Value));

    private static Run Read(ReadOnlyMemory<byte> content) => JsonSerializer.Deserialize<Run>(content.Span, CoreJson.Options)!;

    private static TableTransactionAction Add(TableEntity row) => new(TableTransactionActionType.Add, row);

    private async Task<TableEntity> RowAsync(Run run, CancellationToken cancellation)
    {
        var address = AddressOf(run.Tenant, run.Id);
        var row = new TableEntity(address.Partition, address.Row);
        await contents.PutAsync(row, $"{run.Tenant}/runs", JsonSerializer.SerializeToUtf8Bytes(run, CoreJson.Options), cancellation).ConfigureAwait(false);
        return row;
    }
}

/// <summary>A run as it was read.</summary>
internal sealed record StoredRun(Run Run, TableEntity Row);

/// <summary>The run under way, as its row was read.</summary>
internal sealed record UnderWay(RunId Run, TableEntity Row);
