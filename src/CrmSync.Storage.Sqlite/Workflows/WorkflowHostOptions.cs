using CrmSync.Core.Ports;
using Microsoft.Data.Sqlite;

namespace CrmSync.Storage.Sqlite;

/// <summary>How the workflow runner treats steps.</summary>
public sealed record WorkflowHostOptions
{
    // SQLite's primary result codes.
    private const int Busy = 5;
    private const int Locked = 6;

    /// <summary>The waits before a step that failed for a passing reason is repeated; as many repetitions as waits. 1, 2 and 4 seconds unless set.</summary>
    public IReadOnlyList<TimeSpan> RetryDelays { get; init; } = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)];

    /// <summary>Whether a failure may pass by itself. <see cref="IsTransientByDefault"/> unless set.</summary>
    public Func<Exception, bool> IsTransient { get; init; } = IsTransientByDefault;

    /// <summary>
    /// For tests: called around every effect. What it throws ends the whole host at once, leaving everything as it is, as the death of the process would.
    /// </summary>
    public Action<WorkflowEffect>? Observer { get; init; }

    /// <summary>Input, output and time-outs, a busy database, and failures of a side of which it says that a retry helps.</summary>
    public static bool IsTransientByDefault(Exception failure) => failure switch
    {
        SideException side => side.RetryHelps,
        SqliteException database => database.SqliteErrorCode is Busy or Locked,
        IOException or TimeoutException => true,
        // An HTTP client's time-out; a real cancellation was told apart before.
        OperationCanceledException => failure.InnerException is TimeoutException,
        _ => false,
    };
}
