using System.Text;
using CrmSync.Core.Runs;
using CrmSync.EndToEnd.Support;

namespace CrmSync.EndToEnd.Serving;

/// <summary>A CRM behind the HTTP contract comes to the same as the built-in one.</summary>
public sealed class ServedCrmTests
{
    private const int Seed = 2311;
    private const double SeedShare = 0.2;

    [Fact]
    public async Task Import_IntoAServedCrm_GivesTheSameCrmAndTheSameReportAndNothingToDoAfter_IM6()
    {
        var account = Accounts.Middle(Seed);
        await using var builtIn = await World.ReadyAsync(account, SeedShare);
        var expected = await builtIn.ImportAsync();
        await using var crm = await ServedCrm.StartAsync(account, SeedShare);
        await using var world = await World.OpenAsync(account);
        await World.SetUpAsync(world.Tenant, world.Connection() with { Crm = crm.Form });

        var actual = await world.ImportAsync();
        var again = await world.ImportAsync();

        Assert.Equal((RunState.Completed, RunState.Completed, 0L), (actual.State, again.State, again.Report!.Writes));
        Assert.Equal(FinalState.Counts(expected), FinalState.Counts(actual));
        Assert.Empty((await world.ExportAsync()).All);
        Assert.Equal((await builtIn.ExportAsync()).Meaning(), (await crm.StopAndExportAsync()).Meaning());
        Assert.DoesNotContain(Accounts.CrmToken, world.Log.ToString(), StringComparison.Ordinal);
        await world.StopHostAsync();
        Assert.All(Directory.EnumerateFiles(world.Folder.Path, "*", SearchOption.AllDirectories), file => Assert.True(
            File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Accounts.CrmToken)) < 0, $"The token stands in {file}."));
        await world.StartHostAsync();
    }
}
