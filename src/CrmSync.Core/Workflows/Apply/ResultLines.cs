using CrmSync.Core.Planning;
using CrmSync.Core.Runs;

namespace CrmSync.Core.Workflows.Apply;

/// <summary>What of a result is kept. The plan's line stands in the log; a result repeats only what the plan could not know.</summary>
internal static class ResultLines
{
    /// <summary>The line of a result; null where it came out as planned.</summary>
    public static RecordLogEntry? Of(RecordLogEntry result, PlanLine line) =>
        result.Outcome == line.Entry.Outcome && result.Crm == line.Entry.Crm && result.Message == line.Entry.Message ? null
        : result with { Changes = [], Candidates = [], MatchedBy = null, Message = result.Message == line.Entry.Message ? null : result.Message };
}
