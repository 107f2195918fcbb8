using CrmSync.Core.Employees;
using CrmSync.Core.Planning;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Workflows.Apply;
using CrmSync.Core.Workflows.Import;

namespace CrmSync.Core.Workflows.Employees;

/// <summary>Plan and guard: all members together, over what was read, and nothing of it written to either side.</summary>
internal sealed class EmployeePlanning(EmployeeServices services)
{
    public async Task<EmployeesPlanned> PlanAsync(StepContext context, EmployeePlanInput input)
    {
        var run = await services.RunAsync(context).ConfigureAwait(false);
        // Parts behind the last ones were left by a try that did not come to its end.
        var pages = (await services.MembersAsync(context).ConfigureAwait(false)).Where(page => page.Page < input.Pages).ToList();
        var employees = await EmployeesAsync(context, input.Parts).ConfigureAwait(false);
        var links = await services.Links.ReadRangeAsync(context.Tenant, Entity.Employee, new IdRange(0, null), context.Cancellation).ConfigureAwait(false);
        var members = pages.SelectMany(page => page.Members).ToList();
        var observed = new EmployeeObservations(members, employees, links);
        var planned = await FinishedAsync(context, new EmployeePlanner(run.Context).Plan(observed)).ConfigureAwait(false);
        var approved = input.Order.Plan is { } plan
            ? await services.PlanOfAsync(context.Tenant, plan, context.Cancellation).ConfigureAwait(false) : null;
        var lines = planned.Where(line => input.Order.Member is null || line.Entry.Id == input.Order.Member)
            .Select(line => approved is null ? line : Approve(line, approved.GetValueOrDefault(line.Entry.Id))).ToDictionary(line => line.Entry.Id);
        var working = new List<int>();
        foreach (var (page, ofPage) in pages)
        {
            var part = ofPage.Where(member => lines.ContainsKey(member.Id)).Select(member => lines[member.Id]).ToList();
            await services.WriteAsync(context, PartKind.Plan, EmployeeServices.PlanOf(page), part).ConfigureAwait(false);
            if (part.Any(line => line.Operation is not null))
            {
                working.Add(page);
            }
        }

        var present = members.Select(member => member.Id).ToHashSet();
        var figures = EmployeeGuards.Count([.. lines.Values], employees.ToDictionary(employee => employee.Id)) with
        {
            Members = members.Count,
            Linked = links.Count,
            Missing = links.Count(link => !present.Contains(link.ConnectWise)),
        };
        var limits = run.Context.Settings.Limits;
        return new EmployeesPlanned(
            OutcomeCounts.Of(lines.Values.Where(line => line.Operation is null).Select(line => line.Entry)),
            OutcomeCounts.Of(lines.Values.Where(line => line.Operation is not null).Select(line => line.Entry)),
            working, figures, EmployeeGuards.Source(input.Reading, figures, limits), EmployeeGuards.Limits(figures, limits));
    }

    // EM-7: whose creation an interrupted run had begun is new, however far it came. Whoever else carries the key was there before the sync.
    private async Task<IReadOnlyList<PlanLine>> FinishedAsync(StepContext context, IReadOnlyList<PlanLine> lines)
    {
        var byKey = lines.Where(line => line.Entry.MatchedBy == EmployeePlanner.ByKey).Select(line => line.Entry.Id).ToHashSet();
        var begun = await EarlierPlans.LinesAsync(services.Runs, context, RunKind.EmployeeSync, Entity.Employee, byKey, context.Cancellation)
            .Where(line => line.Operation!.Kind == OperationKind.Create).Select(line => line.Entry.Id)
            .ToHashSetAsync(null, context.Cancellation).ConfigureAwait(false);
        return
        [
            .. lines.Select(line => begun.Contains(line.Entry.Id) ? line with { Entry = line.Entry with { MatchedBy = EmployeePlanner.ByCreation } } : line),
        ];
    }

    // PL-1: what was approved and is still the same is done; what has become different is told, and left.
    private static PlanLine Approve(PlanLine line, PlanLine? approved)
    {
        if (line.Operation is null || (approved?.Operation is { } operation && approved.Entry.Crm == line.Entry.Crm && Same(operation, line.Operation)))
        {
            return line;
        }

        return new PlanLine { Entry = line.Entry with { Outcome = Outcome.Skipped, Reason = Reason.ChangedMeanwhile.Code } };
    }

    private static bool Same(Operation left, Operation right) =>
        left.Kind == right.Kind && left.Picture == right.Picture && CoreJson.Serialize(left.Write) == CoreJson.Serialize(right.Write)
        && CoreJson.Serialize(left.Expect ?? []) == CoreJson.Serialize(right.Expect ?? []);

    private async Task<List<CrmRecord>> EmployeesAsync(StepContext context, int parts)
    {
        var employees = new Dictionary<CrmId, CrmRecord>();
        for (var number = 0; number < parts; number++)
        {
            var part = new PartName(PartKind.Counterpart, Entity.Employee, number);
            using var content = await services.Runs.ReadPartAsync(context.Tenant, context.Run, part, context.Cancellation).ConfigureAwait(false);
            foreach (var employee in JsonLines.Read<CrmRecord>(content!.Memory))
            {
                employees[employee.Id] = employee;
            }
        }

        return [.. employees.Values];
    }
}
