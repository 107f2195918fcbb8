using System.Runtime.CompilerServices;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;

namespace CrmSync.Core.Employees;

/// <summary>The employee syncs of a tenant.</summary>
internal static class EmployeeRuns
{
    private const int RunsAtOnce = 50;

    /// <summary>Those that were started after a time, the latest first.</summary>
    public static async IAsyncEnumerable<Run> SinceAsync(
        IRunStore runs, TenantId tenant, DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (RunId? before = null; ;)
        {
            var page = await runs.ListAsync(tenant, before, RunsAtOnce, cancellation).ConfigureAwait(false);
            foreach (var run in page.Where(run => run.Kind == RunKind.EmployeeSync && run.StartedAt > since))
            {
                yield return run;
            }

            if (page.Count < RunsAtOnce || page[^1].StartedAt <= since)
            {
                yield break;
            }

            before = page[^1].Id;
        }
    }
}
