using System.Text.Json;
using System.Text.Json.Nodes;
using CrmSync.Simulator.Tests.Support;

namespace CrmSync.Simulator.Tests.Specification;

/// <summary>The simulator's contacts beside contacts that a real site answered with.</summary>
public sealed class RecordedContactTests(SimulatorHost host) : IClassFixture<SimulatorHost>
{
    [SharedFolderFact]
    public async Task Contact_MembersOfRecordedOnes_AreThereInTheSameKind()
    {
        var shapes = new Dictionary<string, HashSet<string>>();
        foreach (var contact in await host.ListAsync("company/contacts?pageSize=1000"))
        {
            Collect(contact, "contact", shapes);
        }

        var missing = new List<string>();
        foreach (var (file, recorded) in RecordedContacts())
        {
            var asked = new Dictionary<string, HashSet<string>>();
            Collect(recorded, "contact", asked);
            missing.AddRange(asked.SelectMany(a =>
                a.Value.Where(kind => !shapes.GetValueOrDefault(a.Key, []).Contains(kind)).Select(kind => $"{file}: {a.Key} as {kind}")));
        }

        Assert.Empty(missing);
    }

    [SharedFolderFact]
    public async Task Contact_WithNothingFilledIn_HasTheMembersOfTheRecordedOne()
    {
        var recorded = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(SharedFolder.Fixtures, "test", "write", "contacts", "new.json")))!.AsObject();
        HashSet<string>? always = null;
        foreach (var contact in await host.ListAsync("company/contacts?pageSize=1000"))
        {
            always ??= [.. contact.Select(m => m.Key)];
            always.IntersectWith(contact.Select(m => m.Key));
        }

        // The recorded one has a last name; here some contacts were entered without.
        Assert.Equal(recorded.Select(m => m.Key).Where(k => k != "lastName").Order(), always!.Order());
        var info = (await host.ListAsync("company/contacts?pageSize=1"))[0]["_info"]!.AsObject();
        Assert.Equal(recorded["_info"]!.AsObject().Select(m => m.Key).Order(), info.Select(m => m.Key).Order());
    }

    private static IEnumerable<(string File, JsonObject Contact)> RecordedContacts()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(SharedFolder.Fixtures, "test"), "*.json", SearchOption.AllDirectories))
        {
            var node = JsonNode.Parse(File.ReadAllText(file));
            foreach (var contact in node is JsonArray list ? list.OfType<JsonObject>() : [(JsonObject)node!])
            {
                if (contact.ContainsKey("firstName") && contact.ContainsKey("id"))
                {
                    yield return (Path.GetFileName(file), contact);
                }
            }
        }
    }

    private static void Collect(JsonNode? node, string at, Dictionary<string, HashSet<string>> shapes)
    {
        if (!shapes.TryGetValue(at, out var kinds))
        {
            shapes[at] = kinds = [];
        }

        kinds.Add(Kind(node));
        if (node is JsonObject members)
        {
            foreach (var (name, member) in members)
            {
                Collect(member, $"{at}/{name}", shapes);
            }
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                Collect(item, $"{at}[]", shapes);
            }
        }
    }

    private static string Kind(JsonNode? node) => node?.GetValueKind() switch
    {
        null => "null",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        { } kind => kind.ToString(),
    };
}
