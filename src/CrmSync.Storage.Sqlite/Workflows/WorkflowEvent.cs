namespace CrmSync.Storage.Sqlite;

/// <summary>What can happen to a workflow. The numbers stand in the journal.</summary>
internal enum WorkflowEventKind
{
    StepCompleted = 1,
    StepFailed = 2,
    StepCancelled = 3,
    TimerFired = 4,
    Signal = 5,
    CancelRequested = 6,
}

/// <summary>
/// One line of a run's journal. The workflow learns of the world by these alone and in their order, live as in a replay: that makes both the same.
/// </summary>
/// <param name="Kind">What happened.</param>
/// <param name="Name">The step's or signal's name.</param>
/// <param name="Key">The input's key.</param>
/// <param name="Content">The result, the failure or the payload.</param>
internal sealed record WorkflowEvent(WorkflowEventKind Kind, string Name, string Key, string Content)
{
    public const string TimerName = "(timer)";
    public const string SignalName = "(signal)";
    public const string CancelName = "(cancel)";
    public const string EndName = "(end)";

    public static WorkflowEvent Cancel { get; } = new(WorkflowEventKind.CancelRequested, CancelName, "", "");
}
