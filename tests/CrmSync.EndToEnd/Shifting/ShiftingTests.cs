using System.Text.Json.Nodes;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.EndToEnd.Accounting;
using CrmSync.EndToEnd.Support;
using CrmSync.Simulator;
using Xunit.Abstractions;

namespace CrmSync.EndToEnd.Shifting;

/// <summary>A page never shifts: ConnectWise changes between any two requests of an import.</summary>
public sealed class ShiftingTests(ITestOutputHelper output)
{
    private static readonly SimulatedList[] Changing = [SimulatedList.Company, SimulatedList.Contact];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Import_WhileRecordsComeGoAndChange_BringsInOnceWhatWasThereThroughout_PL4(int seed)
    {
        output.WriteLine($"seed {seed}");
        var gate = new RequestGate();
        await using var world = await World.ReadyAsync(Accounts.Pages(seed) with { Time = gate, Latency = RequestGate.Latency }, 0);
        var account = world.ConnectWise.Account;
        var before = Changing.ToDictionary(list => list, list => account.Ids(list).ToHashSet());
        var draws = new Random(seed);
        var disturbed = new HashSet<(SimulatedList, int)>();
        gate.Passing = _ =>
        {
            lock (draws)
            {
                Disturb(account, draws, disturbed);
            }
        };

        var run = await world.ImportAsync();
        gate.Passing = null;
        var lines = await world.PagesAsync<RecordLogEntry>($"runs/{run.Id}/records");

        Assert.Equal(RunState.Completed, run.State);
        Assert.InRange(disturbed.Count, 50, int.MaxValue);
        Assert.All(run.Report!.Stages, stage => Assert.Equal(stage.Read, stage.Accounted()));
        Assert.DoesNotContain(lines.GroupBy(line => (line.Entity, line.Id)), group => group.Count() > 1);
        foreach (var (list, entity) in Changing.Zip([Entity.Company, Entity.Contact]))
        {
            var read = lines.Where(line => line.Entity == entity).ToDictionary(line => (int)line.Id.Value);
            var throughout = before[list].Intersect(account.Ids(list)).ToList();
            Assert.Empty(throughout.Except(read.Keys));
            var rules = new Rulebook(account, (_, _) => true);
            Assert.All(throughout.Where(id => !disturbed.Contains((list, id))), id =>
                Assert.Equal(rules.SkipReason(entity, account.Find(list, id)!), read[id].Outcome == Outcome.Review ? null : read[id].Reason));
        }

        await AssertSettledAsync(world);
    }

    // Quiet again: the next import makes up for everything, and the CRM holds each record once.
    private static async Task AssertSettledAsync(World world)
    {
        var run = await world.ImportAsync();
        var log = await world.LogOfAsync(run);
        var crm = await world.ExportAsync();

        Assert.DoesNotContain(crm.All.Where(entry => entry.Entity != Entity.User), entry => entry.Record.ExternalKey is null);
        Assert.DoesNotContain(crm.All.Select(entry => entry.Record.ExternalKey).OfType<string>().GroupBy(key => key), group => group.Count() > 1);
        foreach (var (list, entity) in Changing.Zip([Entity.Company, Entity.Contact]))
        {
            Assert.Equal(
                world.ConnectWise.Account.Ids(list).Select(id => (long)id), log.Keys.Where(key => key.Item1 == entity).Select(key => key.Item2).Order());
        }

        Assert.Equal(0, (await world.ImportAsync()).Report!.Writes);
    }

    private static void Disturb(SimulatedAccount account, Random draws, HashSet<(SimulatedList, int)> disturbed)
    {
        foreach (var list in Changing)
        {
            var ids = account.Ids(list).ToList();
            for (var i = 0; i < 8; i++)
            {
                var id = ids[draws.Next(ids.Count)];
                disturbed.Add((list, id));
                switch (draws.Next(4))
                {
                    case 0:
                        account.Delete(list, id);
                        break;
                    case 1:
                        account.Update(list, id, new JsonObject { ["types"] = Types(list == SimulatedList.Company ? 9 : 8) });
                        break;
                    case 2:
                        account.Update(list, id, new JsonObject { ["city"] = $"Elsewhere {draws.Next()}" });
                        break;
                    default:
                        disturbed.Add((list, Add(account, list, draws)));
                        break;
                }
            }
        }
    }

    private static int Add(SimulatedAccount account, SimulatedList list, Random draws) => account.Create(list, list == SimulatedList.Company
        ? new JsonObject { ["name"] = $"New {draws.Next()}", ["types"] = Types(1), ["status"] = new JsonObject { ["id"] = 1 } }
        : new JsonObject { ["firstName"] = "New", ["lastName"] = $"Person {draws.Next()}", ["types"] = Types(3), ["inactiveFlag"] = false });

    private static JsonArray Types(int id) => [new JsonObject { ["id"] = id }];
}
