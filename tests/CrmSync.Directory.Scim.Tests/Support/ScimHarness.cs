using System.Text.Json.Nodes;
using CrmSync.Contracts.Employees;
using CrmSync.Core.Employees;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Scim.Client;
using CrmSync.Scim.Paths;
using CrmSync.Scim.Tests.Servers;

namespace CrmSync.Scim.Tests.Support;

/// <summary>A server of our own, and clients of it.</summary>
internal sealed class ScimHarness : IDirectoryHarness
{
    private readonly List<ScimDirectory> _clients = [];

    private ScimHarness(ScimServer server, ScimServerOptions options) => (Server, Options) = (server, options);

    /// <summary>Places for the fields that have no standard attribute.</summary>
    public static IReadOnlyDictionary<string, string> Targets { get; } = new Dictionary<string, string>
    {
        [FieldKeys.HireDate] = $"{ServerDescription.VendorSchema}:hireDate",
        [FieldKeys.LocationId] = $"{ServerDescription.VendorSchema}:locationId",
        [FieldKeys.TeamId] = $"{ServerDescription.VendorSchema}:teamId",
        [FieldKeys.PositionId] = $"{ServerDescription.VendorSchema}:positionId",
        [FieldKeys.Profile] = "roles[primary eq true].value",
    };

    public ScimServer Server { get; }

    public ScimServerOptions Options { get; }

    public bool KeepsPictures => !Options.DropsPhotos;

    /// <summary>The clients' clock.</summary>
    public PassingTime Time { get; } = new();

    public LogCapture Log { get; } = new();

    public DirectorySettings Settings { get; set; } = new() { Kind = DirectoryKind.Scim, Targets = Targets };

    public string Token { get; set; } = ScimServer.Token;

    public static async Task<ScimHarness> StartAsync(ScimServerOptions? options = null) =>
        new(await ScimServer.StartAsync(options ?? ScimServerOptions.Strict), options ?? ScimServerOptions.Strict);

    public ScimDirectory OpenScim()
    {
        var connection = new ScimConnection
        {
            Settings = Settings with { Address = Server.Address.ToString() },
            Token = Token,
            RequestTimeout = PassingTime.RequestTimeout,

            // What befalls a request is chance: so many in a row that a call fails would be once in years of runs.
            MaxAttempts = 20,
        };
        var client = new ScimDirectory(connection, Time, Log, chance: () => 0.5);
        _clients.Add(client);
        return client;
    }

    public IDirectory Open() => OpenScim();

    public Task<CrmId> AddAsync(string firstName, string lastName, string email, string? employeeId = null)
    {
        var user = (JsonObject)ScimJson.Parse(ScimJson.Write(new JsonObject
        {
            ["schemas"] = new JsonArray(ScimPath.CoreSchema),
            ["userName"] = email,
            ["name"] = new JsonObject { ["givenName"] = firstName, ["familyName"] = lastName },
            ["emails"] = new JsonArray(new JsonObject { ["value"] = email, ["type"] = "work" }),
            ["active"] = true,
        }))!;
        if (employeeId is not null)
        {
            user[ScimPath.EnterpriseSchema] = new JsonObject(ScimJson.Nodes) { ["employeeNumber"] = employeeId };
        }

        lock (Server.Store.Lock)
        {
            return Task.FromResult(new CrmId(ScimStore.IdOf(Server.Store.Add(user))));
        }
    }

    public Task EditPositionAsync(CrmId id, string position)
    {
        lock (Server.Store.Lock)
        {
            var user = Server.Store.Find(id.Value)!;
            user["title"] = position;
            Server.Store.Replace(id.Value, user);
        }

        return Task.CompletedTask;
    }

    public Task DeleteAsync(CrmId id)
    {
        lock (Server.Store.Lock)
        {
            Server.Store.Remove(id.Value);
        }

        return Task.CompletedTask;
    }

    public Task<string?> PictureOfAsync(CrmId id)
    {
        lock (Server.Store.Lock)
        {
            return Task.FromResult(ScimJson.Text((Server.Store.Find(id.Value)!["photos"] as JsonArray)?.FirstOrDefault()?["value"]));
        }
    }

    public Task PassTimeAsync()
    {
        Server.Store.PassTime();
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            client.Dispose();
        }

        await Server.DisposeAsync();
        Assert.DoesNotContain(Log.Lines, line => line.Contains(Token, StringComparison.Ordinal) || line.Contains('@', StringComparison.Ordinal));
    }
}
