namespace CrmSync.Core.Workflows;

/// <summary>
/// Somebody asked to cancel the run, and a step or a workflow stopped because of it. No <see cref="OperationCanceledException"/>: that one is
/// swallowed where tasks are awaited together, and stands for a host that stops, which is no end of a run.
/// </summary>
public sealed class WorkflowCancelledException() : Exception("The run was asked to stop.");
