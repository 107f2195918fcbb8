using CrmSync.Core.Employees;
using CrmSync.Core.Planning;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Tests.Setup.Fakes;
using CrmSync.Core.Workflows;
using CrmSync.Core.Workflows.Employees;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Core.Tests.Employees.Fakes;

/// <summary>A ConnectWise, a directory, a mail server and stores, all in memory, with the employee sync between them.</summary>
internal sealed class EmployeeWorld
{
    public static readonly TenantId Acme = SetupWorld.Acme;

    private int _tokens;
    private int _runs;

    public EmployeeWorld()
    {
        Addresses = new PictureAddresses(Setup.Secrets, () => $"token-{++_tokens:000}", new PublicAddress(new Uri("https://sync.example.com/")));
        Services = new EmployeeServices(
            Setup, Setup.Setups, Setup.Secrets, Setup.Links, Runs, Backups, new InvitationParts(Invitations, Sender, NewToken),
            new PictureParts(Pictures, Addresses), Time);
        Catalog.AddEmployees(Services);
    }

    public SetupWorld Setup { get; } = new();

    /// <summary>The one-time token that was made last.</summary>
    public InvitationToken? LastToken { get; private set; }

    public FakeConnectWise ConnectWise => Setup.ConnectWise;

    public MemoryDirectory Directory => Setup.Directory;

    public MemoryRunStore Runs { get; } = new();

    public MemoryBackups Backups { get; } = new();

    public MemoryInvitationStore Invitations { get; } = new();

    public MemorySender Sender { get; } = new();

    public MemoryPictureStore Pictures { get; } = new();

    public PictureAddresses Addresses { get; }

    public EmployeeServices Services { get; }

    public StepCatalog Catalog { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));

    /// <summary>Told before and after every effect on either side and in every store; what it throws ends the sync there.</summary>
    public Action<string> Effect
    {
        set => Directory.Effect = Invitations.Effect = Sender.Effect = Setup.Links.Effect = Setup.Secrets.Effect = Runs.Effect = Backups.Effect
            = Pictures.Effect = value;
    }

    public static MailSettings Mail { get; } = new()
    {
        Host = "mail.example.com",
        From = "HR <hr@example.com>",
        Link = "https://people.example.com/join?t={token}",
    };

    public static ConnectWiseRecord Member(
        long id, string? identifier = null, string? email = "", long? type = 1, bool inactive = false, string? photo = null, int updated = 0,
        params (string Key, string? Value)[] more)
    {
        var fields = new FieldValues
        {
            [FieldKeys.Identifier] = identifier ?? $"M{id}",
            [FieldKeys.FirstName] = $"First{id}",
            [FieldKeys.LastName] = $"Last{id}",
            [FieldKeys.Email] = email is "" ? $"m{id}@example.com" : email,
            [FieldKeys.Location] = "Tampa",
            [FieldKeys.LocationId] = "1",
            [FieldKeys.Team] = "Service",
            [FieldKeys.TeamId] = "2",
            [FieldKeys.Position] = "Engineer",
            [FieldKeys.PositionId] = "3",
            [FieldKeys.HireDate] = "2020-02-03",
            [FieldKeys.Photo] = photo,
        };
        foreach (var (key, value) in more)
        {
            fields[key] = value;
        }

        return new ConnectWiseRecord
        {
            Id = new(id),
            TypeIds = type is { } known ? [known] : [],
            Inactive = inactive,
            UpdatedAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(updated),
            Fields = fields,
        };
    }

    public EmployeeWorld With(params ConnectWiseRecord[] members)
    {
        foreach (var member in members)
        {
            ConnectWise.Employees.RemoveAll(known => known.Id == member.Id);
            ConnectWise.Employees.Add(member);
        }

        return this;
    }

    public async Task<EmployeeWorld> SetAsync(EmployeeSettings settings)
    {
        var setup = await Setup.Setups.ReadAsync(Acme, default);
        Assert.True(await Setup.Setups.TryWriteAsync(Acme, setup with { Employees = settings }, default));
        return this;
    }

    public Task<Run> SyncAsync(EmployeeOrder? order = null) => SyncAsync(order ?? new EmployeeOrder(), null);

    /// <summary>Runs a sync to its end.</summary>
    public async Task<Run> SyncAsync(EmployeeOrder order, Action<string>? boundary)
    {
        var run = await BeginAsync(order);
        await ResumeAsync(run, order, [], boundary);
        return (await Runs.FindAsync(Acme, run, default))!;
    }

    public async Task<RunId> BeginAsync(EmployeeOrder order)
    {
        var id = new RunId($"run-{++_runs:000}");
        var run = new Run
        {
            Id = id,
            Tenant = Acme,
            Kind = RunKind.EmployeeSync,
            Stages = [Entity.Employee],
            DryRun = order.DryRun,
            Employees = order,
            StartedAt = Time.GetUtcNow(),
        };
        Assert.Null(await Runs.TryBeginAsync(run, default));
        return id;
    }

    /// <summary>Takes a run up with what its journal holds.</summary>
    public Task ResumeAsync(RunId run, EmployeeOrder order, Dictionary<(string, string), string> journal, Action<string>? boundary = null) =>
        EmployeeWorkflow.RunAsync(new JournalWorkflow(Catalog, Acme, run, journal, boundary ?? (_ => { })), order);

    public async Task<IReadOnlyList<RecordLogEntry>> LogAsync(Run run)
    {
        var page = await new RecordLog(Runs).ReadAsync(Acme, run.Id, new RecordFilter(), null, 1000, default);
        return page.Value!.Records;
    }

    public async Task<RecordLogEntry> LineAsync(Run run, long member) => (await LogAsync(run)).Single(entry => entry.Id.Value == member);

    public Task<Link?> LinkAsync(long member) => Setup.Links.FindAsync(Acme, Entity.Employee, new(member), default);

    /// <summary>A context as the world's directory makes it.</summary>
    public static EmployeeContext Context(EmployeeSettings settings) => new()
    {
        Settings = settings,
        Company = "acme",
        Fields = [.. new MemoryDirectory().Capabilities.Fields],
        TakesPictures = true,
    };

    public static IReadOnlyList<PlanLine> Plan(EmployeeSettings settings, EmployeeObservations observed) =>
        new EmployeePlanner(Context(settings)).Plan(observed);

    private InvitationToken NewToken() => LastToken = InvitationToken.Make([.. Enumerable.Repeat((byte)++_tokens, InvitationToken.Length)]);
}
