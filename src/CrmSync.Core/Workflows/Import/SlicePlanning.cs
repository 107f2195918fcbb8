using CrmSync.Core.Matching;
using CrmSync.Core.Planning;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;

namespace CrmSync.Core.Workflows.Import;

/// <summary>Plan: what the run would do to each record of a slice. Writes nothing to either side.</summary>
internal sealed class SlicePlanning(ImportServices services)
{
    /// <summary>Records that are read from the CRM, or looked for in it, in one call.</summary>
    private const int Batch = 1000;

    // Only these are pointed to by records of later stages.
    private static readonly HashSet<Entity> PointedTo = [Entity.Company, Entity.Contact, Entity.Solution];

    /// <summary>Plans a part: either the records without candidates, noting the claims of the others, or those others after the decision.</summary>
    public async Task<Planned> PlanAsync(StepContext context, PartInput input)
    {
        var stage = await services.StageAsync(context, input.Stage).ConfigureAwait(false);
        var slice = await Slice.ReadAsync(services, stage, input.Slice).ConfigureAwait(false);
        var claims = new List<Claim>();
        IReadOnlyDictionary<ConnectWiseId, MatchDecision>? decisions = null;
        if (input.Claimed)
        {
            decisions = await ReadDecisionsAsync(stage, input.Slice).ConfigureAwait(false);
            slice.Records.RemoveAll(item => !decisions.ContainsKey(item.Record.Id));
        }

        var planner = new RecordPlanner(stage.Mapping);
        var lines = new List<PlanLine>(slice.Records.Count);
        foreach (var batch in slice.Records.Chunk(Batch))
        {
            var crm = await CrmRecordsAsync(stage, slice, batch, decisions).ConfigureAwait(false);
            var matches = decisions ?? await MatchAsync(stage, slice, batch, claims).ConfigureAwait(false);
            foreach (var (record, translation) in batch)
            {
                var link = slice.Links.GetValueOrDefault(record.Id);
                if (link is null && translation.Skip is null && !matches.ContainsKey(record.Id))
                {
                    continue;
                }

                var match = matches.GetValueOrDefault(record.Id);
                var counterpart = link?.Crm ?? (match?.Verdict == MatchVerdict.Match ? match.Crm[0] : null);
                lines.Add(planner.Plan(new Observations(
                    record, translation, link, counterpart is { } id ? crm.GetValueOrDefault(id) : null, link is null ? match : null)));
            }
        }

        await WriteAsync(stage, input, lines, claims).ConfigureAwait(false);
        return new Planned(input, Count(lines.Where(line => line.Operation is null)), Count(lines.Where(line => line.Operation is not null)), claims.Count);
    }

    /// <summary>Decides all claims of a stage together (CO-5) and stores the decisions slice by slice.</summary>
    public async Task<int> DecideAsync(StepContext context, ClaimsInput input)
    {
        var claims = new List<(int Slice, Claim Claim)>();
        foreach (var number in input.Slices)
        {
            var part = await services.Runs.ReadPartAsync(context.Tenant, context.Run, new PartName(PartKind.Claims, input.Stage, number), context.Cancellation)
                .ConfigureAwait(false);
            claims.AddRange(JsonLines.Read<Claim>(part).Select(claim => (number, claim)));
        }

        var decisions = Matcher.Resolve([.. claims.Select(item => item.Claim)]);
        foreach (var slice in claims.GroupBy(item => item.Slice, item => item.Claim.ConnectWise))
        {
            var lines = JsonLines.Write(slice.Select(id => new DecisionLine(id, decisions[id])).ToList());
            await services.Runs.WritePartAsync(context.Tenant, context.Run, new PartName(PartKind.Decisions, input.Stage, slice.Key), lines, context.Cancellation)
                .ConfigureAwait(false);
        }

        return decisions.Count;
    }

    private async Task<IReadOnlyDictionary<ConnectWiseId, MatchDecision>> ReadDecisionsAsync(StageContext stage, int slice)
    {
        var part = await services.Runs.ReadPartAsync(stage.Tenant, stage.Run, new PartName(PartKind.Decisions, stage.Stage, slice), stage.Cancellation)
            .ConfigureAwait(false);
        return JsonLines.Read<DecisionLine>(part).ToDictionary(line => line.Id, line => line.Decision);
    }

    private static Task<IReadOnlyDictionary<CrmId, CrmRecord>> CrmRecordsAsync(
        StageContext stage, Slice slice, (ConnectWiseRecord Record, Translation Translation)[] batch, IReadOnlyDictionary<ConnectWiseId, MatchDecision>? decisions)
    {
        var wanted = new List<CrmId>();
        foreach (var (record, translation) in batch)
        {
            if (translation.Skip is null && slice.Links.TryGetValue(record.Id, out var link))
            {
                wanted.Add(link.Crm);
            }
            else if (decisions?.GetValueOrDefault(record.Id) is { Verdict: MatchVerdict.Match } match)
            {
                wanted.Add(match.Crm[0]);
            }
        }

        return wanted.Count == 0
            ? Task.FromResult<IReadOnlyDictionary<CrmId, CrmRecord>>(new Dictionary<CrmId, CrmRecord>())
            : stage.Crm.ReadAsync(stage.Stage, wanted, stage.Cancellation);
    }

    // Records that nothing in the CRM resembles are new at once; the others lay their claims and wait for the decision over all.
    private async Task<IReadOnlyDictionary<ConnectWiseId, MatchDecision>> MatchAsync(
        StageContext stage, Slice slice, (ConnectWiseRecord Record, Translation Translation)[] batch, List<Claim> claims)
    {
        var unlinked = batch.Where(item => item.Translation.Skip is null && !slice.Links.ContainsKey(item.Record.Id)).ToList();
        var decided = new Dictionary<ConnectWiseId, MatchDecision>(unlinked.Count);
        var candidates = await CandidateSearch.FindAsync(stage, services.Links, unlinked).ConfigureAwait(false);
        foreach (var (record, _) in unlinked)
        {
            if (candidates.TryGetValue(record.Id, out var found))
            {
                claims.Add(new Claim(record.Id, found));
            }
            else
            {
                decided[record.Id] = MatchDecision.New;
            }
        }

        return decided;
    }

    private async Task WriteAsync(StageContext stage, PartInput input, List<PlanLine> lines, List<Claim> claims)
    {
        if (PointedTo.Contains(stage.Stage))
        {
            var planned = lines.Where(line => line.Operation is not null)
                .ToDictionary(line => line.Entry.Id, line => new LinkTarget(line.Entry.Crm, line.Operation!.Type));
            await services.Runs.PlanLinksAsync(stage.Tenant, stage.Run, stage.Stage, planned, stage.Cancellation).ConfigureAwait(false);
        }

        if (claims.Count > 0)
        {
            await services.Runs.WritePartAsync(
                stage.Tenant, stage.Run, new PartName(PartKind.Claims, stage.Stage, input.Slice), JsonLines.Write(claims), stage.Cancellation).ConfigureAwait(false);
        }

        await services.Runs.WritePartAsync(
            stage.Tenant, stage.Run, new PartName(PartKind.Plan, stage.Stage, input.Number), JsonLines.Write(lines), stage.Cancellation).ConfigureAwait(false);
    }

    private static StageCounts Count(IEnumerable<PlanLine> lines) => OutcomeCounts.Of(lines.Select(line => line.Entry));
}
