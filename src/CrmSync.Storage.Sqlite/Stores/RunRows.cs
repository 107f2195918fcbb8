using CrmSync.Core;
using CrmSync.Core.Runs;
using Microsoft.Data.Sqlite;

namespace CrmSync.Storage.Sqlite;

/// <summary>The records of runs, for the store and for the workflow runner, which changes them within its own transactions.</summary>
internal static class RunRows
{
    private const string Select = "SELECT content FROM runs WHERE key = $1";
    private const string UpdateContent = "UPDATE runs SET content = $2, ended = $3 WHERE key = $1";
    private const string UpdateProgress = "UPDATE runs SET content = json_set(content, '$.progress', json($2)) WHERE key = $1";

    public static Run? Find(SqliteConnection connection, long key) => connection.First(Select, Read, key);

    public static Run Read(SqliteDataReader row) => CoreJson.Deserialize<Run>(row.GetString(0));

    public static bool Update(SqliteConnection connection, long key, Run run) =>
        connection.Execute(UpdateContent, key, CoreJson.Serialize(run), run.Ended ? 1 : 0) == 1;

    public static void SetProgress(SqliteConnection connection, long key, RunProgress progress) =>
        connection.Execute(UpdateProgress, key, CoreJson.Serialize(progress));
}
