using CrmSync.Core.Employees;
using CrmSync.Core.Guards;
using CrmSync.Core.Planning;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;

namespace CrmSync.Core.Workflows.Employees;

/// <summary>What an employee sync knows of itself: adds up what the steps answer, reports progress, and sums up at the end.</summary>
internal sealed class EmployeeLedger(IWorkflow workflow)
{
    private readonly Dictionary<string, long> _requests = [];
    private StageProgress _progress = new() { Stage = Entity.Employee };
    private EmployeeReport _report = new();
    private EmployeesBegun? _begun;
    private EmployeesPlanned? _planned;
    private RunForecast? _forecast;
    private RunFailure? _guard;
    private string? _incomplete;
    private long _writes;
    private double _pageSeconds;

    public void Begin(EmployeesBegun begun)
    {
        _begun = begun;
        _requests[begun.Usage.Client] = begun.Usage.Requests;
        Forecast(begun.Requests);
        Change(progress => progress with { Expected = begun.Expected });
    }

    public void Observed(MembersObserved members)
    {
        Count(members.Usage);
        var (before, after, seen) = members.Reading;
        _incomplete = Completeness.Objection(before, after, seen);
        Change(progress => progress with { Observed = seen });
    }

    public void Planned(EmployeesPlanned planned)
    {
        _planned = planned;
        _report = _report with
        {
            Missing = planned.Figures.Missing,
            Planned = planned.Figures,
            Guards = planned.Source is { } source ? [source, .. planned.Limits] : planned.Limits,
        };

        // Each picture costs a request.
        Forecast(_begun!.Requests + planned.Figures.Pictures);
        Change(progress => progress with
        {
            Planned = planned.Settled.Read + planned.Pending.Read,
            ToApply = planned.Pending.Read,
            Counts = planned.Settled,
        });
    }

    public void PlannedOnly() => Change(progress => progress with { Counts = progress.Counts + _planned!.Pending, Done = true });

    public void Stop(RunFailure guard)
    {
        _guard = guard;
        var left = _planned!.Pending.Read;
        Change(progress => progress with
        {
            Counts = progress.Counts + new StageCounts
            {
                Read = left,
                Skipped = left == 0 ? [] : new Dictionary<string, long> { [Reason.NotApplied.Code] = left },
            },
        });
    }

    public void Applied(EmployeesApplied applied)
    {
        Count(applied.Usage);
        _writes += applied.Writes;
        _report = _report with
        {
            Deactivated = _report.Deactivated + applied.Report.Deactivated,
            Reactivated = _report.Reactivated + applied.Report.Reactivated,
            Pictures = _report.Pictures + applied.Report.Pictures,
            FieldsNotApplied = _report.FieldsNotApplied.Concat(applied.Report.FieldsNotApplied).GroupBy(pair => pair.Key)
                .OrderBy(group => group.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value)),
        };
        Change(progress => progress with { Applied = progress.Applied + applied.Counts.Read, Counts = progress.Counts + applied.Counts });
    }

    public void Done() => Change(progress => progress with { Done = true });

    public void Sent(InvitationsSent sent) =>
        _report = _report with
        {
            Invited = sent.Accepted,
            InvitationsRefused = sent.Refused,
            InvitationsUnknown = sent.Unknown,
            InvitationsPutOff = sent.PutOff,
            MailTrouble = sent.Trouble,
        };

    public EmployeeFinishInput Finish(RunState state)
    {
        var before = _begun is null ? 0 : _begun.Usage.Requests;
        var pages = _begun is null ? 0 : (_progress.Observed + _begun.PageSize - 1) / _begun.PageSize;
        return new EmployeeFinishInput(
            state, _progress.Counts, _guard, _incomplete, _writes, Math.Max(0, _requests.Values.Sum() - before),
            Math.Round(pages * _pageSeconds / Math.Max(1, _begun?.Concurrency ?? 1), 3), _forecast, _report);
    }

    private void Forecast(long requests) => _forecast = RunForecast.Of(requests, _begun!.RequestSeconds, _begun.Concurrency);

    // Each client counts from its own beginning: a run that outlived its host adds up what each of them did.
    private void Count(ConnectWiseUsage usage)
    {
        _requests[usage.Client] = Math.Max(_requests.GetValueOrDefault(usage.Client), usage.Requests);
        _pageSeconds = usage.PageSeconds > 0 ? usage.PageSeconds : _pageSeconds;
    }

    private void Change(Func<StageProgress, StageProgress> change)
    {
        _progress = change(_progress);
        workflow.ReportProgress(new RunProgress { Stages = [_progress], Forecast = _forecast });
    }
}
