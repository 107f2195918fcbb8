using System.Text.Json;
using CrmSync.Api.Http;
using CrmSync.Api.Problems;
using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace CrmSync.Api.Endpoints;

/// <summary>Records as they stood before a run overwrote them (ME-7).</summary>
public static class BackupEndpoints
{
    /// <summary>The media type of a backup: a JSON object a line.</summary>
    public const string MediaType = "application/jsonl";

    /// <summary>GET …/backups: newest run first.</summary>
    public static async Task<IResult> ListAsync(
        string tenant, [FromServices] IBackupStore backups, string? continuation, string? limit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(backups);
        var list = $"backups|{tenant}";
        var query = new QueryReader();
        var size = query.Limit(limit);
        var after = query.Continuation(continuation, list);
        if (query.Refusal is { } refusal)
        {
            return ApiProblems.Of(refusal);
        }

        var all = await backups.ListAsync(new TenantId(tenant), cancellation).ConfigureAwait(false);
        return Answers.Ok(Answers.PageOf(all, backup => backup.Run.Value, descending: true, after, size, list));
    }

    /// <summary>GET …/backups/{run}: the records, a JSON object a line, as they are read.</summary>
    public static async Task<IResult> GetAsync(string tenant, string run, [FromServices] IBackupStore backups, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(backups);
        var id = new TenantId(tenant);
        var all = await backups.ListAsync(id, cancellation).ConfigureAwait(false);
        return all.Any(backup => backup.Run.Value == run)
            ? TypedResults.Stream(output => WriteAsync(output, backups.ReadAsync(id, new RunId(run), cancellation), cancellation), MediaType)
            : ApiProblems.Of(new Refusal(
                RefusalKind.NotFound, "backup-unknown", "This run has no backup: it overwrote nothing, or does not exist.", "See the list of backups.")
            { Field = "run" });
    }

    private static async Task WriteAsync(Stream output, IAsyncEnumerable<BackupRecord> records, CancellationToken cancellation)
    {
        await foreach (var record in records.WithCancellation(cancellation).ConfigureAwait(false))
        {
            await output.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(record, CoreJson.Options), cancellation).ConfigureAwait(false);
            await output.WriteAsync("\n"u8.ToArray(), cancellation).ConfigureAwait(false);
        }
    }
}
