using System.Text.Json.Nodes;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.EndToEnd.Accounting;
using CrmSync.EndToEnd.Support;
using CrmSync.Simulator;

namespace CrmSync.EndToEnd.Repeating;

/// <summary>The second import writes nothing, and the next one brings in exactly what has changed.</summary>
public sealed class RepeatTests : IAsyncLifetime
{
    private const int Seed = 902;

    private World _world = null!;

    private SimulatedAccount ConnectWise => _world.ConnectWise.Account;

    public async Task InitializeAsync() => _world = await World.ReadyAsync(Accounts.Middle(Seed));

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Import_Again_WritesNothingAndThenBringsInWhatChanged_IM6_AC2_CT4_ME4()
    {
        var first = await _world.ImportAsync();
        var before = await _world.ExportAsync();

        var second = await _world.ImportAsync();

        Assert.Equal((RunState.Completed, 0), (second.State, second.Report!.Writes));
        Assert.All(second.Report.Stages, stage => Assert.Equal((0, 0, 0), (stage.Created, stage.Updated, stage.Linked)));
        Assert.Equal(before.Exact(), (await _world.ExportAsync()).Exact());

        var log = await _world.LogOfAsync(first);
        var renamed = Change(log, Entity.Company, record => true, new JsonObject { ["name"] = "Renamed & Sons" });
        var emptied = Change(log, Entity.Contact, record => record["title"] is not null, new JsonObject { ["title"] = null });
        var retyped = Change(
            log, Entity.Company, record => Rulebook.TypeOfCompany(record) == "Client" && HasContacts(log, record),
            new JsonObject { ["types"] = Types(5) }, renamed);
        var late = ConnectWise.Ids(SimulatedList.Contact).First(id => log[(Entity.Contact, id)].Reason == "inactive"
            && log.Values.Any(line => line is { Entity: Entity.Activity, Reason: "contact-not-imported" } && ContactOf(line.Id.Value) == id));
        ConnectWise.Update(SimulatedList.Contact, late, new JsonObject { ["inactiveFlag"] = false, ["types"] = Types(3) });

        var third = await _world.ImportAsync();
        var (crm, changes) = (await _world.ExportAsync(), await _world.LogOfAsync(third));

        Assert.Equal(RunState.Completed, third.State);
        Assert.Equal("Renamed & Sons", Record(crm, changes, Entity.Company, renamed).Fields[FieldKeys.Name]);
        Assert.Null(Record(crm, changes, Entity.Contact, emptied).Fields[FieldKeys.Title]);
        Assert.Equal("Partner", Record(crm, changes, Entity.Company, retyped).Fields[FieldKeys.Type]);
        var moved = changes.Values.Where(line => line.Entity == Entity.Contact && line.Crm is not null && CompanyOf(line.Id.Value) == retyped).ToList();
        Assert.All(moved, line => Assert.Equal(["Friends of the house"], crm.Find(Entity.Contact, line.Crm!.Value)!.Lists));
        Assert.NotEmpty(moved);
        Assert.Equal(Outcome.Created, changes[(Entity.Contact, late)].Outcome);
        var followed = changes.Values.Where(line => line.Entity == Entity.Activity && ContactOf(line.Id.Value) == late).ToList();
        Assert.Contains(followed, line => line.Outcome == Outcome.Created);
        Assert.DoesNotContain(followed, line => line.Reason == "contact-not-imported");

        // Nothing but what was changed, and what hangs on it, was written.
        var touched = new HashSet<(Entity, long)>
        {
            (Entity.Company, renamed), (Entity.Contact, emptied), (Entity.Company, retyped), (Entity.Contact, late),
        };
        var hanging = changes.Values.Where(line => line.Entity == Entity.Opportunity && OpportunityContactOf(line.Id.Value) == late);
        var expected = touched.Concat(moved.Concat(followed).Concat(hanging).Select(line => (line.Entity, line.Id.Value))).ToHashSet();
        var written = changes.Values.Where(line => line.Outcome is Outcome.Created or Outcome.Updated or Outcome.Linked);
        Assert.Subset(expected, written.Select(line => (line.Entity, line.Id.Value)).ToHashSet());
        Assert.Equal(0, (await _world.ImportAsync()).Report!.Writes);
    }

    private static JsonArray Types(int id) => [new JsonObject { ["id"] = id }];

    private static CrmEntry Record(CrmExport crm, IReadOnlyDictionary<(Entity, long), RecordLogEntry> log, Entity entity, long id) =>
        crm.Find(entity, log[(entity, id)].Crm!.Value)!;

    // Changes the first record of those that were created that is fit for it.
    private int Change(
        IReadOnlyDictionary<(Entity, long), RecordLogEntry> log, Entity entity, Func<JsonObject, bool> isFit, JsonObject members,
        params IEnumerable<int> except)
    {
        var list = Rulebook.ListOf(entity);
        var id = ConnectWise.Ids(list).First(id => log[(entity, id)].Outcome == Outcome.Created && !except.Contains(id) && isFit(ConnectWise.Find(list, id)!));
        Assert.True(ConnectWise.Update(list, id, members));
        return id;
    }

    private bool HasContacts(IReadOnlyDictionary<(Entity, long), RecordLogEntry> log, JsonObject company) =>
        log.Values.Any(line => line.Entity == Entity.Contact && line.Outcome == Outcome.Created && CompanyOf(line.Id.Value) == company["id"]!.GetValue<int>());

    private long? CompanyOf(long contact) => Rulebook.Id(ConnectWise.Find(SimulatedList.Contact, (int)contact)!, "company");

    private long? OpportunityContactOf(long opportunity) =>
        Rulebook.Id(ConnectWise.Find(SimulatedList.Opportunity, (int)opportunity)!, "contact");

    private long? ContactOf(long activity) => Rulebook.Id(ConnectWise.Find(SimulatedList.Activity, (int)activity)!, "contact");
}
