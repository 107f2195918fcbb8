using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using Microsoft.Data.Sqlite;

namespace CrmSync.Storage.Sqlite;

/// <summary>A workflow as it was started; the key is the run's number in the database.</summary>
internal sealed record StartedWorkflow(long Key, TenantId Tenant, RunId Run, string Workflow, string Input);

/// <summary>The workflows and their journals in the database.</summary>
internal sealed class WorkflowJournal(SqliteDatabase database)
{
    private const string Insert = "INSERT INTO workflows (run, workflow, input, ended) VALUES ($1, $2, $3, 0) ON CONFLICT (run) DO NOTHING";
    private const string SelectEnded = "SELECT ended FROM workflows WHERE run = $1";
    private const string SelectEvents = "SELECT kind, name, key, content FROM workflow_events WHERE run = $1 ORDER BY number";

    private const string InsertEvent = """
        INSERT INTO workflow_events (run, number, kind, name, key, content)
        SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5 FROM workflow_events WHERE run = $1
        """;

    private const string HasEvent = "SELECT count(*) FROM workflow_events WHERE run = $1 AND kind = $2";
    private const string DeleteEvents = "DELETE FROM workflow_events WHERE run = $1";
    private const string SetEnded = "UPDATE workflows SET ended = 1 WHERE run = $1";

    private const string SelectUnderWay = """
        SELECT w.run, t.tenant, k.run, w.workflow, w.input
        FROM workflows AS w JOIN run_keys AS k ON k.key = w.run JOIN tenant_keys AS t ON t.key = k.tenant WHERE w.ended = 0 ORDER BY w.run
        """;

    private const string SelectNeverStarted =
        "SELECT key FROM runs WHERE ended = 0 AND NOT EXISTS (SELECT 1 FROM workflows WHERE workflows.run = runs.key AND workflows.ended = 0)";

    /// <summary>Stores a workflow; null where the run has one.</summary>
    public Task<StartedWorkflow?> TryAddAsync(TenantId tenant, RunId run, string workflow, string input, CancellationToken cancellation) =>
        database.WriteAsync(connection =>
        {
            var key = StoredKeys.Make(connection, tenant, run);
            return connection.Execute(Insert, key, workflow, input) == 1 ? new StartedWorkflow(key, tenant, run, workflow, input) : null;
        }, cancellation);

    /// <summary>The workflows that have not ended, in the order in which they were started.</summary>
    public Task<List<StartedWorkflow>> ListUnderWayAsync(CancellationToken cancellation) =>
        database.ReadAsync(connection => connection.Rows(SelectUnderWay, row => new StartedWorkflow(
            row.GetInt64(0), new TenantId(row.GetString(1)), new RunId(row.GetString(2)), row.GetString(3), row.GetString(4))), cancellation);

    /// <summary>Changes every run that is under way without a workflow, and answers how many these were.</summary>
    public Task<int> ChangeNeverStartedAsync(Func<Run, Run> change, CancellationToken cancellation) =>
        database.WriteAsync(connection =>
        {
            var keys = connection.Rows(SelectNeverStarted, row => row.GetInt64(0));
            foreach (var key in keys)
            {
                Change(connection, key, change);
            }

            return keys.Count;
        }, cancellation);

    /// <summary>Everything that has happened to a workflow, in order.</summary>
    public Task<List<WorkflowEvent>> ReadAsync(long run, CancellationToken cancellation) =>
        database.ReadAsync(connection => connection.Rows(SelectEvents, row => new WorkflowEvent(
            (WorkflowEventKind)row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetString(3)), run), cancellation);

    /// <summary>Adds an event behind all others.</summary>
    public Task AppendAsync(long run, WorkflowEvent happened) =>
        database.WriteAsync(connection => Append(connection, run, happened));

    /// <summary>Adds a signal, whether its workflow has begun or not; false where it has ended.</summary>
    public Task<bool> TrySignalAsync(TenantId tenant, RunId run, WorkflowEvent signal, CancellationToken cancellation) =>
        database.WriteAsync(connection =>
        {
            var key = StoredKeys.Make(connection, tenant, run);
            if (connection.Number(SelectEnded, key) == 1)
            {
                return false;
            }

            Append(connection, key, signal);
            return true;
        }, cancellation);

    /// <summary>Adds a request to stop and tells of it in the run; false where the run is unknown, has ended or was asked before.</summary>
    public Task<bool> TryCancelAsync(TenantId tenant, RunId run, CancellationToken cancellation) =>
        database.WriteAsync(connection =>
        {
            if (StoredKeys.Find(connection, tenant, run) is not { } key
                || RunRows.Find(connection, key) is not { Ended: false }
                || connection.Number(HasEvent, key, (int)WorkflowEventKind.CancelRequested) > 0)
            {
                return false;
            }

            Append(connection, key, WorkflowEvent.Cancel);
            Change(connection, key, stored => stored with { State = RunState.Cancelling });
            return true;
        }, cancellation);

    /// <summary>Stores how far a run is.</summary>
    public Task SetProgressAsync(long run, RunProgress progress) =>
        database.WriteAsync(connection => RunRows.SetProgress(connection, run, progress));

    /// <summary>Ends a workflow: changes its run unless that has ended already, and removes its journal.</summary>
    public Task EndAsync(long run, Func<Run, Run> change) =>
        database.WriteAsync(connection =>
        {
            Change(connection, run, change);
            connection.Execute(SetEnded, run);
            connection.Execute(DeleteEvents, run);
        });

    private static void Append(SqliteConnection connection, long run, WorkflowEvent happened) =>
        connection.Execute(InsertEvent, run, (int)happened.Kind, happened.Name, happened.Key, happened.Content);

    private static void Change(SqliteConnection connection, long run, Func<Run, Run> change)
    {
        if (RunRows.Find(connection, run) is { Ended: false } stored)
        {
            RunRows.Update(connection, run, change(stored));
        }
    }
}
