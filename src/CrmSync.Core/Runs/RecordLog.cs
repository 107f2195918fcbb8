using System.Globalization;
using System.Text;
using CrmSync.Core.Planning;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Workflows.Import;

namespace CrmSync.Core.Runs;

/// <summary>Reads what a run did, or in a dry run would do, to each record.</summary>
public sealed class RecordLog(IRunStore runs)
{
    /// <summary>
    /// One page of a run's log, in the order of stages and ids. Refused: "run-unknown", "continuation-invalid".
    /// </summary>
    /// <param name="tenant">Whose run.</param>
    /// <param name="id">The run.</param>
    /// <param name="filter">Which lines.</param>
    /// <param name="continuation">Where the page before said that this one begins; null for the first.</param>
    /// <param name="limit">Most lines.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<Result<RecordLogPage>> ReadAsync(
        TenantId tenant, RunId id, RecordFilter filter, string? continuation, int limit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (await runs.FindAsync(tenant, id, cancellation).ConfigureAwait(false) is not { } run)
        {
            return new Refusal(RefusalKind.NotFound, "run-unknown", $"There is no run {id}.", "See the list of runs.");
        }

        if (Position.Parse(continuation) is not { } start)
        {
            return new Refusal(RefusalKind.Invalid, "continuation-invalid", "The continuation token is not one that this list gave.",
                "Begin without a token.")
            { Field = "continuation" };
        }

        var parts = await runs.ListPartsAsync(tenant, id, PartKind.Plan, cancellation).ConfigureAwait(false);
        var found = new List<RecordLogEntry>();
        for (var i = start.Part; i < parts.Count; i++)
        {
            if (filter.Stage is { } stage && parts[i].Stage != stage)
            {
                continue;
            }

            var line = 0;
            foreach (var entry in await PartAsync(run, parts[i], run.DryRun || filter.AsPlanned, cancellation).ConfigureAwait(false))
            {
                line++;
                if ((i == start.Part && line <= start.Line) || !filter.Matches(entry))
                {
                    continue;
                }

                if (found.Count == limit)
                {
                    return new RecordLogPage(found, new Position(i, line - 1).ToString());
                }

                found.Add(entry);
            }
        }

        return new RecordLogPage(found, null);
    }

    /// <summary>The line of one record in a run; null where the run did not read it.</summary>
    public async Task<RecordLogEntry?> FindAsync(Run run, Entity stage, ConnectWiseId id, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        var filter = new RecordFilter { Id = id };
        foreach (var map in await runs.ListPartsAsync(run.Tenant, run.Id, PartKind.ReadingMap, cancellation).ConfigureAwait(false))
        {
            using var ids = map.Stage == stage ? await runs.ReadPartAsync(run.Tenant, run.Id, map, cancellation).ConfigureAwait(false) : null;
            if (ids is null || !ReadingMapPart.Read(ids.Memory).Contains(id.Value))
            {
                continue;
            }

            foreach (var claimed in (bool[])[false, true])
            {
                var part = new PartName(PartKind.Plan, stage, PartNumbers.OfPlan(map.Number, claimed));
                if ((await PartAsync(run, part, run.DryRun, cancellation).ConfigureAwait(false)).FirstOrDefault(filter.Matches) is { } entry)
                {
                    return entry;
                }
            }
        }

        return null;
    }

    // The plan's lines, with what became of those that were to be written.
    private async Task<IReadOnlyList<RecordLogEntry>> PartAsync(Run run, PartName part, bool asPlanned, CancellationToken cancellation)
    {
        using var plan = await runs.ReadPartAsync(run.Tenant, run.Id, part, cancellation).ConfigureAwait(false);
        if (plan is null)
        {
            return [];
        }

        using var results = asPlanned ? null
            : await runs.ReadPartAsync(run.Tenant, run.Id, part with { Kind = PartKind.Results }, cancellation).ConfigureAwait(false);
        var byId = results is null ? null : JsonLines.Read<ResultLine>(results.Memory).ToDictionary(line => line.Entry.Id, line => line.Entry);
        return JsonLines.Read<PlanLine>(plan.Memory).Select(line =>
            line.Operation is null || asPlanned ? line.Entry
            : byId is null ? line.Entry with { Outcome = Outcome.Skipped, Reason = Reason.NotApplied.Code }
            : byId.TryGetValue(line.Entry.Id, out var result)
                ? line.Entry with { Outcome = result.Outcome, Crm = result.Crm, Reason = result.Reason, Message = result.Message ?? line.Entry.Message }
                : line.Entry).ToList();
    }

    private readonly record struct Position(int Part, int Line)
    {
        public static Position? Parse(string? token)
        {
            if (token is null)
            {
                return default(Position);
            }

            Span<byte> bytes = stackalloc byte[64];
            if (token.Length > 64 || !Convert.TryFromBase64String(token, bytes, out var length))
            {
                return null;
            }

            var numbers = Encoding.ASCII.GetString(bytes[..length]).Split('.');
            return numbers.Length == 2
                && int.TryParse(numbers[0], NumberStyles.None, CultureInfo.InvariantCulture, out var part)
                && int.TryParse(numbers[1], NumberStyles.None, CultureInfo.InvariantCulture, out var line)
                ? new Position(part, line) : null;
        }

        public override string ToString() =>
            Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Part}.{Line}")));
    }
}
