using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrmSync.Simulator.Accounts;
using CrmSync.Simulator.Records;

namespace CrmSync.Simulator;

/// <summary>
/// The records of the simulated ConnectWise, for a test to change while somebody reads. Safe from any thread. Changes stamp
/// <c>_info.lastUpdated</c> with the simulator's clock.
/// </summary>
public sealed class SimulatedAccount
{
    private readonly SimulatorClock _clock;
    private readonly SimulatorSwitches _switches;
    private readonly RecordInput _input;
    private int _lastChildId = 1_000_000_000;

    internal SimulatedAccount(AccountModel model, SimulatorClock clock, SimulatorSwitches switches)
    {
        Model = model;
        _clock = clock;
        _switches = switches;
        _input = new RecordInput(() => Interlocked.Increment(ref _lastChildId));
    }

    internal AccountModel Model { get; }

    /// <summary>How many records the list holds now, whatever their state.</summary>
    public int Count(SimulatedList list)
    {
        var records = Model[list];
        return records.RankOf(records.Positions);
    }

    /// <summary>The ids of the list's records, ascending, read as the enumeration goes.</summary>
    public IEnumerable<int> Ids(SimulatedList list)
    {
        var records = Model[list];
        for (var position = 0; position < records.Positions; position++)
        {
            if (records.Exists(position))
            {
                yield return records.IdAt(position);
            }
        }
    }

    /// <summary>The record as an answer shows it, links on a host named <c>simulator</c>; null when there is none of this id.</summary>
    public JsonObject? Find(SimulatedList list, int id)
    {
        var records = Model[list];
        if (!records.TryFind(id, out var key))
        {
            return null;
        }

        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            new RecordWriter(json, Encoding.UTF8.GetBytes("http://simulator/v4_6_release/apis/3.0/"))
                .Write(records, key, records.Definition.Whole);
        }

        return JsonNode.Parse(stream.ToArray())!.AsObject();
    }

    /// <summary>
    /// Adds a record and returns its id. Members are those of an answer, references as <c>{"id":1}</c>; an opportunity also takes
    /// <c>forecast</c> and <c>opportunityNotes</c>. Nothing is required and nothing is filled in but the id, empty lists and
    /// <c>_info</c>.
    /// </summary>
    /// <exception cref="ArgumentException">A member is unknown or has the wrong shape.</exception>
    public int Create(SimulatedList list, JsonObject members, string author = "Admin1")
    {
        var records = Model[list];
        var given = Convert(records, members);
        return records.Create(id =>
        {
            var values = Array.ConvertAll(records.Definition.Fields, f => f is { Kind: FieldKind.Array, Name: not "communicationItems" }
                ? FieldValue.Array() : default);
            values[records.Definition.Id.Index] = FieldValue.Of(id);
            values[records.Definition.Find("_info")!.Index] = FieldValue.Reference(id);
            Put(records, values, given, author, isTouched: true);
            return values;
        });
    }

    /// <summary>
    /// Changes the given members of a record and leaves the others; <c>null</c> empties one. Giving <c>lastUpdated</c> sets that stamp
    /// itself. False when there is no such record.
    /// </summary>
    /// <exception cref="ArgumentException">A member is unknown or has the wrong shape.</exception>
    public bool Update(SimulatedList list, int id, JsonObject members, string author = "Admin1")
    {
        var records = Model[list];
        var given = Convert(records, members);
        var isTouched = _switches.ChildChangesTouchParent || given.Exists(g => !g.Field.IsChild);
        return records.Change(id, values => Put(records, values, given, author, isTouched));
    }

    /// <summary>Removes a record for good, as a merge does; ConnectWise's own deletion of a company only sets <c>deletedFlag</c>.</summary>
    public bool Delete(SimulatedList list, int id) => Model[list].Delete(id);

    private List<(FieldDefinition Field, FieldValue Value)> Convert(RecordList records, JsonObject members)
    {
        var given = new List<(FieldDefinition, FieldValue)>();
        foreach (var (name, node) in members)
        {
            var field = records.Definition.Find(name);
            if (field is null || field == records.Definition.Id || field.Name == "_info")
            {
                throw new ArgumentException($"Could not find member '{name}' on object of type '{records.Definition.Title}'.", nameof(members));
            }

            given.Add((field, _input.Convert(field, node)));
        }

        return given;
    }

    private void Put(RecordList records, FieldValue[] values, List<(FieldDefinition Field, FieldValue Value)> given, string author, bool isTouched)
    {
        if (isTouched)
        {
            values[records.Definition.Find(InfoFields.LastUpdated)!.Index] = FieldValue.Date(_clock.Now.ToUnixTimeSeconds());
            values[records.Definition.Find(InfoFields.UpdatedBy)!.Index] = FieldValue.Of(author);
        }

        foreach (var (field, value) in given)
        {
            values[field.Index] = value;
        }
    }
}
