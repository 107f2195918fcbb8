using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Setup;
using CrmSync.Simulator;
using CrmSync.Standalone.Client;
using CrmSync.Standalone.Commands;
using CrmSync.Standalone.Console;
using CrmSync.Standalone.Hosting;
using CrmSync.Standalone.Setup;
using Spectre.Console;

namespace CrmSync.Standalone.Demo;

/// <summary>The demo itself: set up, import, import again, make employees, look around.</summary>
internal sealed class DemoShow(DemoStage stage, CommandContext context)
{
    private readonly IAnsiConsole _console = context.Terminal.Results;

    /// <summary>Sets up and imports twice. Ends after the first import where it did not succeed.</summary>
    public async Task<IReadOnlyList<Run>> RunAsync()
    {
        Introduce(stage.ConnectWise.Options);
        await SetUpAsync();
        var first = await ImportAsync("Import:");
        if (first.State != RunState.Completed)
        {
            return [first];
        }

        var second = await ImportAsync("The same import again:");
        if (second.Report is { Writes: 0 })
        {
            _console.WriteLine("Nothing has changed on either side, so nothing was written.");
        }

        return [first, second];
    }

    /// <summary>Makes employees of the members, twice.</summary>
    public Task<IReadOnlyList<Run>> EmployAsync() => new DemoEmployees(stage, context).RunAsync();

    /// <summary>Says what there is to look at.</summary>
    public async Task InviteToLookAroundAsync(Run run, string data)
    {
        if (context.Json)
        {
            return;
        }

        var api = stage.Api.Server.ToString().TrimEnd('/');
        var lines = new List<string>
        {
            "",
            "Everything stays up until you press Ctrl-C. Look around:",
            $"  CrmSync's API   {api}/api/openapi.json",
            $"  ConnectWise     {stage.ConnectWise.BaseAddress} (simulated)",
            $"  Operator's key  {OperatorKey.PathIn(data)}",
            "",
            $"  KEY=\"Authorization: Bearer $(cat {OperatorKey.PathIn(data)})\"",
            $"  API={api}/api/tenants/{stage.Tenant.Tenant}",
            "  curl -H \"$KEY\" $API/setup",
            $"  curl -H \"$KEY\" $API/runs/{run.Id}",
            "  curl -H \"$KEY\" \"$API/crm/companies?limit=5\"",
            "",
        };
        lines.AddRange((await ExamplesAsync(run)).Select(example => $"  crmsync explain {example} --data {data}"));
        lines.Add($"  crmsync employees list --data {data}");
        lines.Add($"  crmsync crm companies --data {data}");
        lines.Add($"  crmsync import --dry-run --data {data}");
        foreach (var line in lines)
        {
            await context.Terminal.Output.WriteLineAsync(line);
        }

        await context.Terminal.Output.FlushAsync();
    }

    private void Introduce(SimulatorOptions account)
    {
        _console.WriteLine(
            $"A simulated ConnectWise with {Numbers.Of(account.Companies)} companies, {Numbers.Of(account.Contacts)} contacts, "
            + $"{Numbers.Of(account.CatalogItems)} catalog items, {Numbers.Of(account.Activities)} activities and "
            + $"{Numbers.Of(account.Opportunities)} opportunities, and a CRM that knows a few of them already.");
        _console.WriteLine();
    }

    private async Task SetUpAsync()
    {
        _console.WriteLine("Set-up, in its order:");
        var runner = new SetupRunner(stage.Tenant, DemoSetup.With(SimulatedConnection.Of(stage.ConnectWise)), context.Environment);
        await runner.RunAsync(outcome => SetupCommand.Tell(_console, outcome), context.Interruptions.First);
        _console.WriteLine();
    }

    private async Task<Run> ImportAsync(string title)
    {
        _console.WriteLine(title);
        var started = await stage.Tenant.StartImportAsync(null, dryRun: false, context.Interruptions.First);
        var run = await RunFollower.FollowAsync(stage.Tenant, started, context.Terminal, context.Interruptions, context.Time);
        ReportView.Write(_console, run);
        _console.WriteLine();
        return run;
    }

    // One record of each kind of answer, as far as the run has them.
    private async Task<IReadOnlyList<string>> ExamplesAsync(Run run)
    {
        var examples = new List<string>();
        foreach (var outcome in new[] { Outcome.Created, Outcome.Linked, Outcome.Skipped, Outcome.Review })
        {
            var found = await stage.Tenant.RecordsAsync(run.Id, Entity.Company, outcome, 1, context.Interruptions.First);
            examples.AddRange(found.Select(entry => $"{Stages.NameOf(entry.Entity)} {entry.Id}"));
        }

        return examples;
    }
}
