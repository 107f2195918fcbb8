using System.Text.Json.Nodes;
using CrmSync.Core.Employees;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Setup;
using CrmSync.EndToEnd.Support;
using CrmSync.Mail.Tests.Support;
using CrmSync.Scim.Tests.Servers;
using CrmSync.Simulator;
using CrmSync.Standalone.Client;

namespace CrmSync.EndToEnd.Employees;

/// <summary>
/// A simulated ConnectWise, a mail server that others wrote, the built-in directory or a SCIM server, and a data directory in which the employee sync is
/// enabled: whoever serves it begins the day's sync by himself (EM-8). Every line to the outside can be cut.
/// </summary>
internal sealed class EmployedWorld : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly World _world;
    private readonly RequestGate _gate;
    private readonly Witness _post;
    private readonly Relay _mail;
    private readonly Relay? _directory;

    private EmployedWorld(World world, RequestGate gate, Witness post, ScimServer? scim)
    {
        (_world, _gate, _post, Scim) = (world, gate, post, scim);
        (_mail, _directory) = (Relay.To(post.Port), scim is null ? null : Relay.To(scim.Address.Port));
    }

    /// <summary>The SCIM server; null where the directory is the built-in one.</summary>
    public ScimServer? Scim { get; }

    public SimulatorServer ConnectWise => _world.ConnectWise;

    private EmployeeSettings Settings => new()
    {
        MemberTypes = null,
        Status = MemberStatus.All,
        Invitations = InvitationMode.Automatically,
        Profile = Scim is null ? "Employee" : null,
        Directory = Scim is null ? new DirectorySettings()
            : new DirectorySettings { Kind = DirectoryKind.Scim, Address = $"http://127.0.0.1:{_directory!.Port}/scim/v2" },
        Mail = new MailSettings
        {
            Host = "127.0.0.1",
            Port = _mail.Port,
            Encryption = MailEncryption.None,
            From = "People <people@sender.test>",
            Link = "https://people.example/join?t={token}",
        },
    };

    public static async Task<EmployedWorld> ReadyAsync(DirectoryKind kind, int seed)
    {
        var gate = new RequestGate();
        var world = await World.OpenAsync(Accounts.Members(seed) with { Time = gate, Latency = RequestGate.Latency });
        var scim = kind == DirectoryKind.Scim ? await ScimServer.StartAsync(ScimServerOptions.Strict) : null;
        var employed = new EmployedWorld(world, gate, await Witness.StartAsync(), scim);
        await employed.SetUpAsync();
        await world.StopHostAsync();
        world.ConnectWise.Switches.CountsPaths = true;
        return employed;
    }

    public Task<ServeProcess> ServeAsync() => ServeProcess.StartAsync(_world.Folder.Path, new Uri("https://sync.example/"));

    /// <summary>Runs a command in a process of its own, over the data directory that is served.</summary>
    public Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) => ServeProcess.RunAsync(_world.Folder.Path, arguments);

    /// <summary>Cuts a line at the n-th time. Completes when it is so far.</summary>
    public Task CutAt(Place place, int number) => (place switch
    {
        Place.ConnectWise => _gate.HoldAfter(number),
        Place.DirectoryRead => _directory!.CutAt("GET /scim/v2/Users?", number, answered: false),
        Place.Create => _directory!.CutAt("POST /scim/v2/Users", number, answered: false),
        Place.Created => _directory!.CutAt("POST /scim/v2/Users", number, answered: true),
        Place.Changed => _directory!.CutAt("PATCH /scim/v2/Users", number, answered: true),
        Place.Mail => _mail.CutAt("MAIL FROM", number, answered: false),
        Place.Mailed => _mail.CutAt("\r\n.\r\n", number, answered: true),
    }).WaitAsync(Patience);

    public void Release()
    {
        _gate.Release();
        _mail.Release();
        _directory?.Release();
    }

    /// <summary>What has been asked for that changes something outside: messages, changes of the directory over its line, pictures of ConnectWise.</summary>
    public (int Mails, int Changes, int Photos) Effects() => (
        _mail.Count("MAIL FROM"),
        new[] { "POST", "PATCH", "PUT", "DELETE" }.Sum(method => _directory?.Count($"{method} /scim/v2/Users") ?? 0),
        ConnectWise.Requests.ByPath.Where(path => path.Key.EndsWith("/image", StringComparison.Ordinal)).Sum(path => path.Value));

    /// <summary>The one run that began by itself.</summary>
    public static async Task<Run> BegunAsync(ServeProcess serve)
    {
        while (true)
        {
            if (await new TenantClient(serve.Api, World.Id).RunsAsync(10, CancellationToken.None) is { Count: > 0 } runs)
            {
                return Assert.Single(runs);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    /// <summary>Waits for its end.</summary>
    public static async Task<Run> EndedAsync(ServeProcess serve) =>
        await World.FollowAsync(new TenantClient(serve.Api, World.Id), (await BegunAsync(serve)).Id);

    /// <summary>Asks for another sync, and waits for its end.</summary>
    public static async Task<Run> SyncAsync(ServeProcess serve)
    {
        var tenant = new TenantClient(serve.Api, World.Id);
        return await World.FollowAsync(tenant, (await tenant.Employees.SyncAsync(dryRun: false, null, CancellationToken.None)).Id);
    }

    /// <summary>What the sync has come to, once nobody serves any more.</summary>
    public async Task<EmployedState> StateAsync(Run run)
    {
        await using var engine = await Engine.OpenAsync(_world.Folder.Path);
        return await EmployedState.ReadAsync(engine, Scim, run);
    }

    /// <summary>To whom the mail server has got messages. Ends it.</summary>
    public async Task<IReadOnlyList<string>> MailedAsync() =>
    [
        .. (await _post.EndAsync()).Where(told => (string)told["event"]! == "mail")
            .Select(told => (string)told["recipients"]![0]!).Order(StringComparer.Ordinal),
    ];

    public async ValueTask DisposeAsync()
    {
        await _mail.DisposeAsync();
        await (_directory?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _post.DisposeAsync();
        await (Scim?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _world.ConnectWise.DisposeAsync();
        _world.Folder.Dispose();
    }

    private async Task SetUpAsync()
    {
        await _world.Tenant.SaveStepAsync(SetupStep.Connection, _world.Connection(), CancellationToken.None);
        await AddKnownAsync();
        var form = new EmployeeForm { Settings = Settings, DirectoryToken = Scim is null ? null : ScimServer.Token };
        await _world.Tenant.Employees.SaveAsync(form, CancellationToken.None);
        var test = await _world.Tenant.Employees.TestAsync(null, CancellationToken.None);
        Assert.True(test.Passed, string.Join('\n', test.Checks.Where(check => !check.Passed).Select(check => $"{check.Subject}: {check.Cause}")));
        await _world.Tenant.Employees.SaveAsync(new EmployeeForm { Settings = Settings with { Enabled = true } }, CancellationToken.None);
    }

    // Somebody whom the directory knows already, with another team: he is linked and overwritten.
    private async Task AddKnownAsync()
    {
        var member = ConnectWise.Account.Ids(SimulatedList.Member).Select(id => ConnectWise.Account.Find(SimulatedList.Member, id)!)
            .First(member => member["primaryEmail"] is not null && !(bool)member["inactiveFlag"]!);
        var (email, identifier) = ((string)member["primaryEmail"]!, (string)member["identifier"]!);
        if (Scim is null)
        {
            await _world.Host.Directories.EditorFor(World.Id).AddAsync(
                new FieldValues { [FieldKeys.Email] = email, [FieldKeys.EmployeeIds] = identifier, [FieldKeys.Team] = "Before", [FieldKeys.Active] = "true" },
                CancellationToken.None);
            return;
        }

        Scim.Store.Add(JsonNode.Parse($$"""
            {
              "schemas": [ "urn:ietf:params:scim:schemas:core:2.0:User", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User" ],
              "userName": "{{email}}", "active": true, "emails": [ { "type": "work", "primary": true, "value": "{{email}}" } ],
              "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { "employeeNumber": "{{identifier}}", "department": "Before" }
            }
            """)!.AsObject());
    }
}

/// <summary>Where a line is cut.</summary>
public enum Place
{
    /// <summary>A request to ConnectWise waits: the reading of members, or of a photo.</summary>
    ConnectWise,

    /// <summary>A request for a page of the directory waits.</summary>
    DirectoryRead,

    /// <summary>A create does not get through.</summary>
    Create,

    /// <summary>A create is done, and its answer is lost.</summary>
    Created,

    /// <summary>A change is done, and its answer is lost.</summary>
    Changed,

    /// <summary>A message does not get through.</summary>
    Mail,

    /// <summary>A message is accepted, and the answer is lost.</summary>
    Mailed,
}
