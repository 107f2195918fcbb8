using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;

namespace CrmSync.Core.Workflows.Import;

/// <summary>What an import knows of itself: adds up what the steps answer, reports progress, and sums up at the end.</summary>
internal sealed class ImportLedger(IWorkflow workflow, IReadOnlyList<Entity> stages)
{
    // Read once for the companies.
    private const int InactiveStatuses = 1;

    private readonly Dictionary<Entity, StageProgress> _progress = stages.ToDictionary(stage => stage, stage => new StageProgress { Stage = stage });
    private readonly Dictionary<Entity, StageCounts> _pending = stages.ToDictionary(stage => stage, _ => new StageCounts());
    private readonly Dictionary<Entity, string> _incomplete = [];
    private readonly Dictionary<string, long> _requests = [];
    private long _requestsBefore;
    private long _writes;
    private double _pageSeconds;
    private RunForecast? _forecast;

    public void Begin(ConnectWiseUsage usage)
    {
        _requestsBefore = usage.Requests;
        Count(usage);
    }

    public void Open(OpenedStage stage) => Change(stage.Stage, progress => progress with { Expected = stage.Expected });

    /// <summary>Tells what the run will need, before it reads (PL-8).</summary>
    public void Forecast(IReadOnlyList<OpenedStage> opened, Begun begun)
    {
        var requests = opened.Sum(stage => stage.Requests) + InactiveStatuses;
        var latency = opened.Count == 0 ? 0 : opened.Min(stage => stage.RequestSeconds);
        _forecast = RunForecast.Of(requests, latency, begun.Concurrency);
        Report();
    }

    public async Task<Observed> ObservedAsync(Task<Observed> task)
    {
        var observed = await task.ConfigureAwait(true);
        Count(observed.Usage);
        Change(observed.Slice.Stage, progress => progress with { Observed = progress.Observed + observed.Read });
        return observed;
    }

    public async Task<Planned> PlannedAsync(Task<Planned> task)
    {
        var planned = await task.ConfigureAwait(true);
        var stage = planned.Part.Stage;
        _pending[stage] += planned.Pending;
        Change(stage, progress => progress with
        {
            Planned = progress.Planned + planned.Settled.Read + planned.Pending.Read,
            ToApply = progress.ToApply + planned.Pending.Read,
            Counts = progress.Counts + planned.Settled,
        });
        return planned;
    }

    public void Verify(Entity stage, ConnectWiseUsage usage, string? objection)
    {
        Count(usage);
        if (objection is not null)
        {
            _incomplete[stage] = objection;
        }
    }

    public async Task AppliedAsync(Entity stage, Task<Applied> task)
    {
        var applied = await task.ConfigureAwait(true);
        _writes += applied.Writes;
        Change(stage, progress => progress with { Applied = progress.Applied + applied.Counts.Read, Counts = progress.Counts + applied.Counts });
    }

    public void PlannedOnly(Entity stage) => Change(stage, progress => progress with { Counts = progress.Counts + _pending[stage], Done = true });

    public void Done(Entity stage) => Change(stage, progress => progress with { Done = true });

    public FinishInput Finish(RunState state, Begun? begun, bool dryRun)
    {
        var pageSize = begun?.PageSize ?? 1;
        return new FinishInput(
            state,
            [.. stages.Select(stage => new FinishedStage(stage, _progress[stage].Counts, _incomplete.GetValueOrDefault(stage), _progress[stage].Done))],
            _writes,
            Math.Max(0, _requests.Values.Sum() - _requestsBefore),
            _pageSeconds,
            _progress.Values.Sum(progress => (progress.Observed + pageSize - 1) / pageSize),
            begun?.Concurrency ?? 1,
            _forecast,
            dryRun);
    }

    // Each client counts from its own beginning: a run that outlived its host adds up what each of them did.
    private void Count(ConnectWiseUsage usage)
    {
        _requests[usage.Client] = Math.Max(_requests.GetValueOrDefault(usage.Client), usage.Requests);
        _pageSeconds = usage.PageSeconds > 0 ? usage.PageSeconds : _pageSeconds;
    }

    private void Change(Entity stage, Func<StageProgress, StageProgress> change)
    {
        _progress[stage] = change(_progress[stage]);
        Report();
    }

    private void Report() =>
        workflow.ReportProgress(new RunProgress { Stages = [.. stages.Select(each => _progress[each])], Forecast = _forecast });
}
