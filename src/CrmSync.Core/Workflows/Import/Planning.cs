using CrmSync.Core.Matching;
using CrmSync.Core.Planning;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;

namespace CrmSync.Core.Workflows.Import;

/// <summary>Plan: what the run would do to each record of a slice, page by page. Writes nothing to either side.</summary>
internal sealed class Planning(ImportServices services)
{
    // Only these are pointed to by records of later stages.
    private static readonly HashSet<Entity> PointedTo = [Entity.Company, Entity.Contact, Entity.Solution];

    /// <summary>Plans a slice: either its records without candidates, noting the claims of the others, or those others after the decision.</summary>
    public async Task<Planned> PlanAsync(StepContext context, PartInput input)
    {
        var stage = await services.StageAsync(context, input.Stage).ConfigureAwait(false);
        var planner = new RecordPlanner(stage.Mapping);
        var planned = new Planned(input, new StageCounts(), new StageCounts(), 0);
        foreach (var number in input.PageNumbers)
        {
            stage.Cancellation.ThrowIfCancellationRequested();
            var page = await ObservedPage.ReadAsync(services, stage, number).ConfigureAwait(false);
            var claims = new List<Claim>();
            var decisions = input.Claimed
                ? await ReadDecisionsAsync(stage, number).ConfigureAwait(false)
                : await MatchAsync(stage, page, claims).ConfigureAwait(false);
            var lines = await PlanAsync(stage, planner, page, decisions, input.Claimed).ConfigureAwait(false);
            await WriteAsync(stage, number, input.Claimed, lines, claims).ConfigureAwait(false);
            planned = planned with
            {
                Settled = planned.Settled + Count(lines.Where(line => line.Operation is null)),
                Pending = planned.Pending + Count(lines.Where(line => line.Operation is not null)),
                Claims = planned.Claims + claims.Count,
            };
        }

        return planned;
    }

    /// <summary>Decides all claims of a stage together (CO-5) and stores the decisions page by page.</summary>
    public async Task<int> DecideAsync(StepContext context, StageInput input)
    {
        var claims = new List<(int Page, Claim Claim)>();
        foreach (var part in await services.Runs.ListPartsAsync(context.Tenant, context.Run, PartKind.Claims, context.Cancellation).ConfigureAwait(false))
        {
            if (part.Stage == input.Stage)
            {
                using var content = await services.Runs.ReadPartAsync(context.Tenant, context.Run, part, context.Cancellation).ConfigureAwait(false);
                claims.AddRange(JsonLines.Read<Claim>(content!.Memory).Select(claim => (part.Number, claim)));
            }
        }

        var decisions = Matcher.Resolve([.. claims.Select(item => item.Claim)]);
        foreach (var page in claims.GroupBy(item => item.Page, item => item.Claim.ConnectWise))
        {
            using var lines = JsonLines.Write(page.Select(id => new DecisionLine(id, decisions[id])).ToList());
            var name = new PartName(PartKind.Decisions, input.Stage, page.Key);
            await services.Runs.WritePartAsync(context.Tenant, context.Run, name, lines.Memory, context.Cancellation).ConfigureAwait(false);
        }

        return decisions.Count;
    }

    private async Task<List<PlanLine>> PlanAsync(
        StageContext stage, RecordPlanner planner, ObservedPage page, Dictionary<ConnectWiseId, MatchDecision> decisions, bool claimed)
    {
        var crm = await CrmRecordsAsync(stage, page, decisions, claimed).ConfigureAwait(false);
        var byKey = decisions.Where(IsByKey).Select(pair => pair.Key).ToHashSet();
        var written = await InterruptedWrites.FindAsync(services.Runs, stage, byKey).ConfigureAwait(false);
        var lines = new List<PlanLine>(claimed ? decisions.Count : page.Records.Count);
        foreach (var (record, translation) in page.Records)
        {
            var decided = decisions.TryGetValue(record.Id, out var match);
            var link = page.Links.GetValueOrDefault(record.Id);

            // A record with claims has no decision yet; after the decision only those records are left to plan.
            if (claimed ? !decided : !decided && link is null && translation.Skip is null)
            {
                continue;
            }

            var counterpart = link?.Crm ?? (match?.Verdict == MatchVerdict.Match ? match.Crm[0] : null);
            lines.Add(planner.Plan(new Observations(
                record, translation, link, counterpart is { } id ? crm.GetValueOrDefault(id) : null, link is null ? match : null, written.GetValueOrDefault(record.Id))));
        }

        return lines;
    }

    private static bool IsByKey(KeyValuePair<ConnectWiseId, MatchDecision> decided) =>
        decided.Value is { Verdict: MatchVerdict.Match, Level: MatchRules.KeyLevel };

    private async Task<Dictionary<ConnectWiseId, MatchDecision>> ReadDecisionsAsync(StageContext stage, int page)
    {
        using var part = await services.Runs.ReadPartAsync(stage.Tenant, stage.Run, new PartName(PartKind.Decisions, stage.Stage, page), stage.Cancellation)
            .ConfigureAwait(false);
        return part is null ? [] : JsonLines.Read<DecisionLine>(part.Memory).ToDictionary(line => line.Id, line => line.Decision);
    }

    private static Task<IReadOnlyDictionary<CrmId, CrmRecord>> CrmRecordsAsync(
        StageContext stage, ObservedPage page, Dictionary<ConnectWiseId, MatchDecision> decisions, bool claimed)
    {
        var wanted = decisions.Values.Where(decision => decision.Verdict == MatchVerdict.Match).Select(decision => decision.Crm[0]).ToList();
        if (!claimed)
        {
            wanted.AddRange(page.Records.Where(item => item.Translation.Skip is null && page.Links.ContainsKey(item.Record.Id))
                .Select(item => page.Links[item.Record.Id].Crm));
        }

        return wanted.Count == 0
            ? Task.FromResult<IReadOnlyDictionary<CrmId, CrmRecord>>(new Dictionary<CrmId, CrmRecord>())
            : stage.Crm.ReadAsync(stage.Stage, wanted, stage.Cancellation);
    }

    // Records that nothing in the CRM resembles are new at once; the others lay their claims and wait for the decision over all.
    private async Task<Dictionary<ConnectWiseId, MatchDecision>> MatchAsync(StageContext stage, ObservedPage page, List<Claim> claims)
    {
        var unlinked = page.Records.Where(item => item.Translation.Skip is null && !page.Links.ContainsKey(item.Record.Id)).ToList();
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

    private async Task WriteAsync(StageContext stage, int page, bool claimed, List<PlanLine> lines, List<Claim> claims)
    {
        if (PointedTo.Contains(stage.Stage))
        {
            var targets = lines.Where(line => line.Operation is not null)
                .ToDictionary(line => line.Entry.Id, line => new LinkTarget(line.Entry.Crm, line.Operation!.Type));
            await services.Runs.PlanLinksAsync(stage.Tenant, stage.Run, stage.Stage, targets, stage.Cancellation).ConfigureAwait(false);
        }

        if (claims.Count > 0)
        {
            await WriteAsync(stage, PartKind.Claims, page, claims).ConfigureAwait(false);
        }

        await WriteAsync(stage, PartKind.Plan, PartNumbers.OfPlan(page, claimed), lines).ConfigureAwait(false);
    }

    private async Task WriteAsync<T>(StageContext stage, PartKind kind, int number, List<T> lines)
    {
        using var content = JsonLines.Write(lines);
        await services.Runs.WritePartAsync(stage.Tenant, stage.Run, new PartName(kind, stage.Stage, number), content.Memory, stage.Cancellation)
            .ConfigureAwait(false);
    }

    private static StageCounts Count(IEnumerable<PlanLine> lines) => OutcomeCounts.Of(lines.Select(line => line.Entry));
}
