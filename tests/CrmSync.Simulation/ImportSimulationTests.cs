using System.Globalization;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Simulation.Engine;

namespace CrmSync.Simulation;

/// <summary>
/// The import engine over worlds drawn from seeds: people edit both sides, lines lose requests and answers, hosts die at any effect. A failure prints
/// its seed; CRMSYNC_SIMULATION_SEED=seed plays that one alone, CRMSYNC_SIMULATIONS=number plays more than the usual 2,000.
/// </summary>
public sealed class ImportSimulationTests
{
    private const int Events = 50;
    private const int Usual = 2_000;
    private const int SeedsAMutant = 1_000;

    [Fact]
    public async Task Import_OfManyWorlds_LosesInventsAndDoublesNothing_S1_S2_S3_S4_S8_S11_L1_L2_L5_C1_IM4()
    {
        var (first, count) = Setting("CRMSYNC_SIMULATION_SEED") is { } one ? (one, 1) : (1, Setting("CRMSYNC_SIMULATIONS") ?? Usual);
        for (var seed = first; seed < first + count; seed++)
        {
            var world = await PlayAsync(seed, Mutant.None);

            Assert.True(world.Oracle.Findings.Count == 0,
                $"CRMSYNC_SIMULATION_SEED={seed} dotnet test tests/CrmSync.Simulation\n{string.Join('\n', world.Oracle.Findings.Take(10))}");
        }
    }

    [Fact]
    public async Task Import_OfOneSeedTwice_DoesTheSame_D6()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            Assert.Equal((await PlayAsync(seed, Mutant.None)).Effects.Trace, (await PlayAsync(seed, Mutant.None)).Effects.Trace);
        }
    }

    [Fact]
    public async Task Import_OfAContactWhoseCompanyTheCrmRefuses_WritesItOnce_L2_F27()
    {
        var world = new World(Enumerable.Range(1, 100).First(seed => new Chance(seed).DuplicateRule), Mutant.None) { Chance = { Calm = true } };
        await world.SetUpAsync();
        world.Psa.Put(Entity.Company, Typed(1, (FieldKeys.Name, "Acme")));
        world.Psa.Put(Entity.Company, Typed(2, (FieldKeys.Name, "Acme")));
        world.Psa.Put(Entity.Contact, Typed(3, (FieldKeys.FirstName, "Ann"), (FieldKeys.Email, "ann@acme.example"), (FieldKeys.Company, "2")));
        await world.ImportAsync();
        await world.ImportAsync();
        var writes = world.Crm.Writes;

        var run = await world.ImportAsync();

        Assert.Equal((RunState.Completed, 0L, writes), (run.State, run.Report!.Writes, world.Crm.Writes));
        Assert.Equal((0, 1), (run.Report.Stages[1].Updated, run.Report.Stages[1].Unchanged));
        Assert.Equal(1, run.Report.Stages[0].Failed);
    }

    public static TheoryData<Mutant> Mutants => [.. Enum.GetValues<Mutant>().Where(mutant => mutant != Mutant.None)];

    [Theory]
    [MemberData(nameof(Mutants))]
    public async Task Mutant_OfTheEngine_IsFound(Mutant mutant)
    {
        for (var seed = 1; seed <= SeedsAMutant; seed++)
        {
            if ((await PlayAsync(seed, mutant)).Oracle.Findings.Count > 0)
            {
                return;
            }
        }

        Assert.Fail($"{SeedsAMutant} simulations did not notice {mutant}.");
    }

    private static ConnectWiseRecord Typed(long id, params (string Key, string Value)[] fields)
    {
        var values = new FieldValues();
        foreach (var (key, value) in fields)
        {
            values[key] = value;
        }

        return new ConnectWiseRecord { Id = new(id), TypeIds = [1], Fields = values };
    }

    private static async Task<World> PlayAsync(int seed, Mutant mutant)
    {
        var world = new World(seed, mutant);
        await world.SetUpAsync();
        for (var i = 0; i < Events; i++)
        {
            if (world.Chance.Below(8) == 0)
            {
                await world.ImportAsync();
            }
            else
            {
                world.Users.Do();
            }
        }

        // The first brings in what is missing, the second what the first could only then refer to. Where the CRM refuses a name that is taken, the first
        // may be what sets the name free.
        world.Chance.Calm = true;
        Run last;
        int before;
        for (var i = 0; ; i++)
        {
            before = world.Crm.Writes;
            last = await world.ImportAsync();
            if (i == (world.Chance.DuplicateRule ? 3 : 2))
            {
                break;
            }
        }

        await world.Oracle.SettledAsync(last, world.Crm.Writes - before);
        return world;
    }

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
