using System.Globalization;
using CrmSync.Core.Employees;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Setup;
using CrmSync.Core.Tests.Setup.Fakes;
using CrmSync.Core.Workflows;
using CrmSync.Core.Workflows.Import;
using CrmSync.Simulation.Engine;
using CrmSync.Simulation.Sides;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Simulation;

/// <summary>The whole import engine between two simulated sides, everything in memory, one thing at a time.</summary>
internal sealed class World : ISystems
{
    public static readonly TenantId Tenant = new("acme");
    private static readonly Entity[] Entities = [Entity.Company, Entity.Contact];

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly MemorySetupStore _setups = new();
    private readonly MemoryBackups _backups = new();
    private readonly MutantCrm _connector;
    private readonly StepCatalog _catalog = new();
    private readonly RunStep _steps;
    private int _runs;
    private bool _disturbed;

    public World(int seed, Mutant mutant)
    {
        Chance = new Chance(seed);
        Effects = new Effects(Chance);
        Psa = new SimulatedPsa(Chance, Effects, _time, mutant);
        Crm = new SimulatedCrm(Chance, Effects, _time);
        _connector = new MutantCrm(Crm, mutant);
        Links = new MutantLinks(new MemoryLinkStore(), mutant, id => Entities.All(entity => Crm.Of(entity).All(record => record.Id != id)));
        Oracle = new Oracle(this, _backups);
        Users = new Users(this);
        Crm.Written = Oracle.Written;
        Runs.Planned = Oracle.Planned;
        Effects.Meddle = () =>
        {
            Users.Do();
            _disturbed = true;
        };
        _steps = MutantSteps.Of(_catalog, mutant);
        IBackupStore backups = mutant == Mutant.OverwriteWithoutBackup ? new NoBackups() : _backups;
        _catalog.AddImport(new ImportServices(this, _setups, new CrashingLinks(Links, Effects, Oracle.Linked), new MutantRuns(Runs, mutant), backups, _time));
    }

    public Chance Chance { get; }

    public Effects Effects { get; }

    public SimulatedPsa Psa { get; }

    public SimulatedCrm Crm { get; }

    public ILinkStore Links { get; }

    public MemoryRuns Runs { get; } = new();

    public Oracle Oracle { get; }

    public Users Users { get; }

    /// <summary>The run that is at work, or was last.</summary>
    public RunId Current { get; private set; }

    /// <summary>Times never stand still between two events.</summary>
    public void Tick() => _time.Advance(TimeSpan.FromSeconds(1 + Chance.Below(30)));

    public async Task SetUpAsync() => Assert.True(await _setups.TryWriteAsync(Tenant, new TenantSetup
    {
        Connection = new ConnectionSettings { Site = "localhost", Company = "acme", PublicKey = "p", ClientId = "c" },
        Users = new UsersSettings { Types = [] },
        Companies = new CompaniesSettings
        {
            Types = [new CompanyTypeMapping(1, "Client", "Clients"), new CompanyTypeMapping(2, "Prospect", "Prospects")],
            Fields = [.. Fields.Mapped(Entity.Company).Select(key => new FieldMapping(key, key))],
        },
        Contacts = new ContactsSettings
        {
            Types = [new TypeMapping(1, "End user"), new TypeMapping(null, null)],
            Fields = [.. Fields.Mapped(Entity.Contact).Select(key => new FieldMapping(key, key))],
        },
    }, default));

    /// <summary>An import, taken up again as often as its host dies.</summary>
    public async Task<Run> ImportAsync()
    {
        var run = new Run
        {
            Id = new RunId(string.Create(CultureInfo.InvariantCulture, $"run-{++_runs:0000}")),
            Tenant = Tenant,
            Kind = RunKind.Import,
            Stages = Entities,
            StartedAt = _time.GetUtcNow(),
        };
        Current = run.Id;
        _disturbed = false;
        Oracle.Began();
        Psa.Excess = Chance.Happens(Chance.Miscounted) ? 1 + Chance.Below(3) : 0;
        var witnesses = await Task.WhenAll(Entities.Select(entity => MatchWitness.OfAsync(this, entity)));
        var there = Entities.SelectMany(entity => Psa.Of(entity).Select(record => (entity, record.Id))).ToList();
        Assert.Null(await Runs.TryBeginAsync(run, default));
        var journal = new Dictionary<(string, string), string>();
        while (true)
        {
            Tick();
            try
            {
                var host = new SimulatedHost(_steps, Tenant, run.Id, Effects, journal);
                await ImportWorkflow.RunAsync(host, new ImportInput(run.Stages, DryRun: false));
                break;
            }
            catch (HostDiedException)
            {
                Effects.Restart();
            }
            catch (SideException failure)
            {
                await Runs.UpdateAsync(run with
                {
                    State = RunState.Failed,
                    EndedAt = _time.GetUtcNow(),
                    Failure = new RunFailure(failure.Code, failure.Message, failure.Remedy),
                }, default);
                break;
            }
        }

        var ended = (await Runs.FindAsync(Tenant, run.Id, default))!;
        await Oracle.AccountedAsync(ended, there);
        if (!_disturbed)
        {
            Oracle.Counted(ended);
            foreach (var witness in witnesses)
            {
                Oracle.Findings.AddRange(await witness.FindingsAsync(ended));
            }
        }

        return ended;
    }

    public Task<IConnectWise> ConnectWiseAsync(TenantId tenant, CancellationToken cancellation) => Task.FromResult<IConnectWise>(Psa);

    public Task<ICrm> CrmAsync(TenantId tenant, CancellationToken cancellation) => Task.FromResult<ICrm>(_connector);

    public IConnectWise ConnectWise(ConnectionSettings connection, string privateKey) => throw new NotSupportedException();

    public Task<IDirectory> DirectoryAsync(TenantId tenant, CancellationToken cancellation) => throw new NotSupportedException();

    public IDirectory OpenDirectory(TenantId tenant, DirectorySettings settings, string? token) => throw new NotSupportedException();

    public Task<ConnectionCheck> TestCrmAsync(CrmSettings crm, string token, CancellationToken cancellation) => throw new NotSupportedException();
}
