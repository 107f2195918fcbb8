using CrmSync.Core.Employees;
using CrmSync.Core.Planning;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Workflows.Apply;
using CrmSync.Core.Workflows.Import;

namespace CrmSync.Core.Workflows.Employees;

/// <summary>
/// Apply: does what a page of the plan says. It may run again after a crash anywhere: a create finds its first by the external key, an overwrite finds
/// its values there already, a picture its hash, an invitation itself.
/// </summary>
internal sealed class EmployeeApplying(EmployeeServices services)
{
    // Enough that the tail of a batch, when fewer calls are under way than may be, weighs little.
    private const int LinesABatch = 200;

    public async Task<EmployeesApplied> ApplyAsync(StepContext context, EmployeePageInput input)
    {
        var run = await services.RunAsync(context).ConfigureAwait(false);
        var connectWise = await services.Systems.ConnectWiseAsync(context.Tenant, context.Cancellation).ConfigureAwait(false);
        var directory = await services.Systems.DirectoryAsync(context.Tenant, context.Cancellation).ConfigureAwait(false);
        var pictures = new EmployeePictures(services, context, connectWise, directory);
        var target = new EmployeeTarget(services, run, context, directory, pictures);
        var number = EmployeeServices.PlanOf(input.Page);
        using var part = await services.Runs.ReadPartAsync(
            context.Tenant, context.Run, new PartName(PartKind.Plan, Entity.Employee, number), context.Cancellation).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"The page {input.Page} of the members was not planned.");
        var (counts, writes, batches) = (new StageCounts(), 0L, 0);
        var results = new List<ResultLine>();
        var done = new List<ApplyItem>();
        foreach (var lines in JsonLines.Read<PlanLine>(part.Memory).Where(line => line.Operation is not null).Chunk(LinesABatch))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var batch = new ApplyBatch(services.Links, services.Backups, target, context, new BackupName(Entity.Employee, number, batches++));
            var items = await batch.ApplyAsync(lines, line => new ApplyItem(line.Entry, line.Operation!)).ConfigureAwait(false);
            counts += OutcomeCounts.Of(items.Select(item => item.Entry));
            writes += batch.Writes;
            results.AddRange(items.Zip(lines, (item, line) => ResultLine.Of(item.Entry, line)).OfType<ResultLine>());
            done.AddRange(items.Where(item => item.Applies));
        }

        await services.WriteAsync(context, PartKind.Results, number, results).ConfigureAwait(false);
        return new EmployeesApplied(counts, writes, ReportOf(done, pictures.Count, target.NotApplied), connectWise.Usage);
    }

    private static EmployeeReport ReportOf(List<ApplyItem> done, long pictures, IReadOnlyDictionary<string, long> notApplied) => new()
    {
        Deactivated = done.Count(item => Switches(item, "false")),
        Reactivated = done.Count(item => Switches(item, "true")),
        Pictures = pictures,
        FieldsNotApplied = new SortedDictionary<string, long>(notApplied.ToDictionary(), StringComparer.Ordinal),
    };

    private static bool Switches(ApplyItem item, string to) =>
        item.Operation is { Kind: OperationKind.Update or OperationKind.Link, Expect: { } expected } && item.Operation.Write[FieldKeys.Active] == to
        && expected[FieldKeys.Active] != to && item.Stored?[FieldKeys.Active] == to;
}
