using CrmSync.Core.Records;

namespace CrmSync.Storage.Sqlite;

/// <summary>The moments of an effect between which a process can die.</summary>
public enum EffectMoment
{
    /// <summary>Nothing has been done.</summary>
    Before,

    /// <summary>The step has run, and nothing tells of it.</summary>
    Done,

    /// <summary>The journal tells of it, and the workflow does not know yet.</summary>
    Recorded,
}

/// <summary>One moment of one effect of a workflow.</summary>
/// <param name="Run">The run.</param>
/// <param name="Name">The step's name; "(signal)", "(timer)", "(cancel)" or "(end)" for what is no step.</param>
/// <param name="Key">The input's key.</param>
/// <param name="Moment">Where in the effect.</param>
public sealed record WorkflowEffect(RunId Run, string Name, string Key, EffectMoment Moment);
