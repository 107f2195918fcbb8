using System.Globalization;
using CrmSync.Core.Employees;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Setup;
using CrmSync.Core.Tests.Setup.Fakes;
using CrmSync.Core.Workflows;
using CrmSync.Core.Workflows.Employees;
using CrmSync.Simulation.Engine;
using CrmSync.Simulation.Sides;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Simulation.Employees;

/// <summary>The whole employee sync between ConnectWise, a directory and a mail server, everything in memory, one thing at a time.</summary>
internal sealed class EmployeeWorld : ISystems
{
    public static readonly TenantId Tenant = new("acme");

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly MemorySetupStore _setups = new();
    private readonly StepCatalog _catalog = new();
    private readonly RunStep _steps;
    private readonly MutantDirectory _connector;
    private readonly MemorySender _sender = new();
    private int _runs;
    private byte _tokens;

    public EmployeeWorld(int seed, EmployeeMutant mutant)
    {
        Chance = new Chance(seed);
        Effects = new Effects(Chance);
        Settings = Drawn();
        Psa = new SimulatedPsa(Chance, Effects, _time, Mutant.None) { HiddenTakenForInactive = mutant == EmployeeMutant.AbsentTakenForLeaver };
        var directory = new SimulatedDirectory(Directory, Chance, Effects);
        Directory.Capabilities = Directory.Capabilities with { Pictures = PictureWay.None };
        _connector = new MutantDirectory(directory, mutant);
        Oracle = new EmployeeOracle(this);
        People = new People(this);
        directory.Written = Oracle.Written;
        Runs.Planned = Oracle.Planned;
        Effects.Meddle = People.Do;
        Invitations.Effect = _sender.Effect = Effects.Crashpoint;
        _sender.Answer = Mailed;
        _steps = EmployeeMutantSteps.Of(_catalog, mutant);
        var secrets = new MemorySecretStore();
        _catalog.AddEmployees(new EmployeeServices(
            this, mutant == EmployeeMutant.ProtectionIgnored ? new Unprotecting(_setups) : _setups, secrets,
            new CrashingLinks(Links, Effects, Oracle.Linked), Runs,
            mutant == EmployeeMutant.OverwriteWithoutBackup ? new NoBackups() : Backups,
            new InvitationParts(new MutantInvitations(Invitations, mutant), _sender, NewToken),
            new PictureParts(new MemoryPictureStore(), new PictureAddresses(secrets, () => "key", new PublicAddress(null))), _time));
    }

    public Chance Chance { get; }

    public Effects Effects { get; }

    public EmployeeSettings Settings { get; }

    public SimulatedPsa Psa { get; }

    public MemoryDirectory Directory { get; } = new();

    public MemoryInvitationStore Invitations { get; } = new();

    public MemoryLinkStore Links { get; } = new();

    public MemoryRuns Runs { get; } = new();

    public MemoryBackups Backups { get; } = new();

    public EmployeeOracle Oracle { get; }

    public People People { get; }

    public void Tick() => _time.Advance(TimeSpan.FromSeconds(1 + Chance.Below(30)));

    public async Task SetUpAsync() => Assert.True(await _setups.TryWriteAsync(Tenant, new TenantSetup
    {
        Connection = new ConnectionSettings { Site = "localhost", Company = "acme", PublicKey = "p", ClientId = "c" },
        Employees = Settings,
    }, default));

    /// <summary>A sync, taken up again as often as its host dies.</summary>
    public async Task<Run> SyncAsync(EmployeeOrder order)
    {
        var run = new Run
        {
            Id = new RunId(string.Create(CultureInfo.InvariantCulture, $"run-{++_runs:0000}")),
            Tenant = Tenant,
            Kind = RunKind.EmployeeSync,
            Stages = [Entity.Employee],
            DryRun = order.DryRun,
            Employees = order,
            StartedAt = _time.GetUtcNow(),
        };
        Assert.Null(await Runs.TryBeginAsync(run, default));
        Oracle.Begun(run, await Links.CountAsync(Tenant, Entity.Employee, default));
        var journal = new Dictionary<(string, string), string>();
        for (var going = true; going;)
        {
            Tick();
            try
            {
                await EmployeeWorkflow.RunAsync(new SimulatedHost(_steps, Tenant, run.Id, Effects, journal), order);
                going = false;
            }
            catch (HostDiedException)
            {
                Effects.Restart();
            }
            catch (SideException failure)
            {
                var told = new RunFailure(failure.Code, failure.Message, failure.Remedy);
                await Runs.UpdateAsync(run with { State = RunState.Failed, EndedAt = _time.GetUtcNow(), Failure = told }, default);
                going = false;
            }
        }

        var ended = (await Runs.FindAsync(Tenant, run.Id, default))!;
        Oracle.Ended(ended);
        return ended;
    }

    public Task<IConnectWise> ConnectWiseAsync(TenantId tenant, CancellationToken cancellation) => Task.FromResult<IConnectWise>(Psa);

    public Task<IDirectory> DirectoryAsync(TenantId tenant, CancellationToken cancellation) => Task.FromResult<IDirectory>(_connector);

    public Task<ICrm> CrmAsync(TenantId tenant, CancellationToken cancellation) => throw new NotSupportedException();

    public IConnectWise ConnectWise(ConnectionSettings connection, string privateKey) => throw new NotSupportedException();

    public IDirectory OpenDirectory(TenantId tenant, DirectorySettings settings, string? token) => throw new NotSupportedException();

    public Task<ConnectionCheck> TestCrmAsync(CrmSettings crm, string token, CancellationToken cancellation) => throw new NotSupportedException();

    private EmployeeSettings Drawn() => new()
    {
        Enabled = true,
        MemberTypes = Chance.Flip() ? null : [1, 2],
        Status = Chance.Flip() ? MemberStatus.All : MemberStatus.Active,
        DeactivateLeavers = Chance.Flip(),
        Invitations = InvitationMode.Automatically,
        Protected = [People.AddressOf(3)],
        Limits = new EmployeeLimits { Deactivations = new(0.2, 1), Creations = new(0.5, 2), Changes = new(0.6, 3), Emptied = new(0.2, 1) },
        Mail = new MailSettings { Host = "mail.example.com", From = "HR <hr@example.com>", Link = "https://people.example.com/join?t={token}" },
    };

    private InvitationToken NewToken() => InvitationToken.Make([.. Enumerable.Repeat(++_tokens, InvitationToken.Length)]);

    private MailOutcome Mailed(InvitationMail mail)
    {
        var fate = !Chance.Happens(0.3) ? MailFate.Accepted : Chance.Of([MailFate.Unknown, MailFate.NotSent, MailFate.Refused]);
        Oracle.Mailed(mail, fate);
        return new MailOutcome(fate);
    }
}
