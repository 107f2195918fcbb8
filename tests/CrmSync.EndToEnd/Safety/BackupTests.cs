using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Crm.BuiltIn;
using CrmSync.EndToEnd.Resuming;
using CrmSync.EndToEnd.Support;
using CrmSync.Simulator;

namespace CrmSync.EndToEnd.Safety;

/// <summary>ME-7: what is overwritten is kept first.</summary>
public sealed class BackupTests(Template template) : IClassFixture<Template>
{
    [Fact]
    public async Task Overwrite_OfEveryRecord_ComesAfterItsBackupAndTheBackupHoldsWhatStoodThere_ME7()
    {
        using var folder = template.Copy();
        var linked = await ImportAsync(folder);
        Assert.True(linked > 5);

        foreach (var id in template.ConnectWise.Account.Ids(SimulatedList.Company).ToList())
        {
            template.ConnectWise.Account.Update(SimulatedList.Company, id, new JsonObject { ["zip"] = "99999" });
        }

        var updated = await ImportAsync(folder);
        Assert.True(updated > 5);
    }

    // Imports, and answers how many records were overwritten.
    private static async Task<int> ImportAsync(TempFolder folder)
    {
        var kept = new ConcurrentDictionary<(Entity, string), bool>();
        var written = new ConcurrentBag<(Entity Entity, string Id)>();
        await using var engine = await Engine.OpenAsync(folder.Path, new EngineTaps
        {
            Port = call =>
            {
                switch (call)
                {
                    case { Port: nameof(IBackupStore), Method: nameof(IBackupStore.WriteAsync), Done: true }:
                        Assert.All((IReadOnlyList<BackupRecord>)call.Arguments[3]!, record => kept[(record.Entity, record.Id)] = true);
                        break;
                    case { Port: nameof(ICrm), Method: nameof(ICrm.WriteAsync), Done: false }:
                        foreach (var write in ((IReadOnlyList<CrmWrite>)call.Arguments[1]!).Where(write => write.Id is not null))
                        {
                            var record = ((Entity)call.Arguments[0]!, write.Id!.Value.Value);
                            written.Add(record);
                            Assert.True(kept.ContainsKey(record), $"{record} was overwritten before it was backed up");
                        }

                        break;
                }

                return Task.CompletedTask;
            },
        });
        var before = await CrmExport.ReadAsync(engine.Get<BuiltInCrmFactory>(), Template.Tenant);
        var run = await engine.WhenEndedAsync(Template.Tenant, await engine.StartAsync(Template.Tenant));
        Assert.Equal(RunState.Completed, run.State);

        var backup = new Dictionary<(Entity, string), BackupRecord>();
        await foreach (var record in engine.Get<IBackupStore>().ReadAsync(Template.Tenant, run.Id, CancellationToken.None))
        {
            backup.Add((record.Entity, record.Id), record);
        }

        Assert.Equal(run.Report!.Stages.Sum(stage => stage.Linked + stage.Updated), written.Count);
        Assert.Equal(written.Order(), backup.Keys.Order());
        Assert.All(backup, pair =>
        {
            var stood = before.Find(pair.Key.Item1, new CrmId(pair.Key.Item2))!.Record;
            Assert.Equal(
                (Side.Crm, stood.UpdatedAt, CoreJson.Serialize(stood.Fields)),
                (pair.Value.Side, pair.Value.UpdatedAt, CoreJson.Serialize(pair.Value.Fields)));
        });
        return written.Count;
    }
}
