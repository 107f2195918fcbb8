using System.CommandLine;
using CrmSync.Core.Runs;
using CrmSync.Core.Setup;
using CrmSync.Standalone.Client;
using CrmSync.Standalone.Console;
using Spectre.Console;

namespace CrmSync.Standalone.Commands;

/// <summary><c>crmsync import</c>: asks for an import and follows it.</summary>
internal static class ImportCommand
{
    private static readonly Option<string?> Stage = new Option<string?>("--stage") { Description = "One stage alone.", HelpName = "stage" }
        .Only([.. Stages.All.Select(Stages.NameOf)]);

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Say what an import would do, and write nothing." };

    public static Command Make(CommandContext context) => new Command("import",
        "Import from ConnectWise into the CRM. Ctrl-C cancels; a second one leaves at once.")
        .With(Stage, DryRun).With(CommonOptions.Client).Does(context, RunAsync);

    /// <summary>The exit code that a run's end stands for.</summary>
    public static int ExitCodeOf(Run run) => run.State switch
    {
        RunState.Cancelled or RunState.Cancelling => ExitCodes.Cancelled,
        RunState.Failed or RunState.Stopped => ExitCodes.Failed,
        RunState.Completed or RunState.Running => ExitCodes.Done,
    };

    private static async Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        var choice = CommonOptions.ChoiceOf(parsed, context) with { ResumesRuns = true };
        await using var session = await ServerSession.OpenAsync(choice, context.Interruptions.First);
        var tenant = await Tenants.ChooseAsync(session.Api, parsed.GetValue(CommonOptions.Tenant), context.Interruptions.First);
        var run = await StartAsync(session, tenant, parsed.GetValue(Stage), parsed.GetValue(DryRun), context);
        run = await RunFollower.FollowAsync(tenant, run, context.Terminal, context.Interruptions, context.Time);
        if (context.Json)
        {
            context.WriteJson(run);
        }
        else
        {
            ReportView.Write(context.Terminal.Results, run);
        }

        return ExitCodeOf(run);
    }

    // A run that was interrupted goes on with the server that this process has just started; there is nobody else to follow it.
    private static async Task<Run> StartAsync(ServerSession session, TenantClient tenant, string? stage, bool dryRun, CommandContext context)
    {
        try
        {
            return await tenant.StartImportAsync(stage, dryRun, context.Interruptions.First);
        }
        catch (ApiException e) when (session.IsOwn && e.Problem.Code == "import-running" && e.Detail("run") is { } running)
        {
            context.Terminal.Messages.WriteLine($"The import {running} was interrupted and goes on; no other is started.");
            return await tenant.RunAsync(new(running), context.Interruptions.First);
        }
    }
}
