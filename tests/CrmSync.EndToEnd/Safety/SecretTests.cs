using System.Text;
using System.Text.Json.Nodes;
using CrmSync.Core.Setup;
using CrmSync.EndToEnd.Support;

namespace CrmSync.EndToEnd.Safety;

/// <summary>SU-11: the private key is in no file, no log and no answer.</summary>
public sealed class SecretTests
{
    [Fact]
    public async Task PrivateKey_AfterSetUpImportsAndRefusals_IsNowhereInTheClear_SU11()
    {
        await using var world = await World.ReadyAsync(Accounts.Small(12));
        var first = await world.ImportAsync();
        world.ConnectWise.Switches.Deny(Simulator.PermissionLines.Contacts);
        await world.ImportAsync();
        var api = new RawApi(world.Host.BaseAddress, world.Host.OperatorKey);
        var wrong = Core.CoreJson.Serialize(world.Connection() with { Site = "http://127.0.0.1:1" });
        await api.SendAsync(HttpMethod.Post, "api/tenants/acme/setup/connection/test", wrong);
        await api.SendAsync(HttpMethod.Put, "api/tenants/acme/setup/connection", wrong[..^1]);

        var answers = new StringBuilder();
        foreach (var path in await GetRoutesAsync(api, first.Id.Value))
        {
            var (status, _, text) = await api.SendAsync(HttpMethod.Get, path);
            Assert.True(status is 200 or 404 or 502 or 503 or 409, $"{path}: {status}");
            answers.Append(text);
        }

        Assert.True(answers.Length > 10_000);
        AssertClean(Encoding.UTF8.GetBytes(answers.ToString()), "an answer");
        AssertClean(Encoding.UTF8.GetBytes(world.Log.ToString()), "the log");
        await world.StopHostAsync();
        Assert.All(Directory.EnumerateFiles(world.Folder.Path, "*", SearchOption.AllDirectories), file => AssertClean(File.ReadAllBytes(file), file));
        await world.StartHostAsync();
    }

    // Every GET route of the API's own description, with every value that its places can take here.
    private static async Task<IReadOnlyList<string>> GetRoutesAsync(RawApi api, string run)
    {
        var paths = (await api.SendAsync(HttpMethod.Get, "api/openapi.json")).Body!["paths"]!.AsObject()
            .Where(path => path.Value is JsonObject methods && methods.ContainsKey("get"))
            .Select(path => Fill(Fill(Fill(path.Key.TrimStart('/'), "tenant", "acme"), "run", run), "hash", new string('a', 64)));
        var full = paths.SelectMany(path => path.Contains("{step}", StringComparison.Ordinal)
            ? SetupSteps.All.Select(step => Fill(path, "step", SetupSteps.NameOf(step)))
            : path.Contains("{entity}", StringComparison.Ordinal)
                ? Stages.All.Select(stage => Fill(path, "entity", Stages.NameOf(stage))) : [path]).Select(path => Fill(path, "id", "1002")).ToList();
        Assert.True(full.Count > 30);
        Assert.DoesNotContain(full, path => path.Contains('{', StringComparison.Ordinal));
        return full;
    }

    private static string Fill(string path, string place, string value) => path.Replace($"{{{place}}}", value, StringComparison.Ordinal);

    private static void AssertClean(byte[] content, string where)
    {
        var key = Accounts.PrivateKey;
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"simmsp+SimulatorPublic:{key}"));
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(key));
        byte[][] forms = [Encoding.UTF8.GetBytes(key), Encoding.Unicode.GetBytes(key), Encoding.ASCII.GetBytes(encoded), Encoding.ASCII.GetBytes(credentials)];
        foreach (var form in forms)
        {
            Assert.True(content.AsSpan().IndexOf(form) < 0, $"The private key stands in {where}.");
        }
    }
}
