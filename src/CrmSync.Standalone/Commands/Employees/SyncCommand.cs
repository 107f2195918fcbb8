using System.CommandLine;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Standalone.Client;
using CrmSync.Standalone.Console;
using Spectre.Console;

namespace CrmSync.Standalone.Commands.Employees;

/// <summary><c>crmsync employees sync</c>: asks for a sync and follows it.</summary>
internal static class SyncCommand
{
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Say what a sync would do, and write nothing." };

    private static readonly Option<string?> Member = new("--member")
    {
        Description = "One member alone, by its id or login name in ConnectWise.",
        HelpName = "member",
    };

    public static Command Make(CommandContext context) => new Command("sync",
        "Synchronise the employees with the members. Ctrl-C cancels; a second one leaves at once.")
        .With(DryRun, Member).With(CommonOptions.Client).Does(context, RunAsync);

    /// <summary>Follows a run to its end, writes its report and answers the exit code for it.</summary>
    public static async Task<int> FollowAsync(TenantClient tenant, Run run, CommandContext context)
    {
        run = await RunFollower.FollowAsync(tenant, run, context.Terminal, context.Interruptions, context.Time);
        if (run is { State: RunState.Completed, Employees.Member: { } member, Report.Stages: [{ Read: 0 }] })
        {
            throw new CommandException(
                ExitCodes.WrongInput, $"ConnectWise has no member {member}, so nothing was done.", "Look for it by its name in ConnectWise.");
        }

        if (context.Json)
        {
            context.WriteJson(run);
        }
        else
        {
            ReportView.Write(context.Terminal.Results, run);
        }

        return ImportCommand.ExitCodeOf(run);
    }

    private static async Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        var cancellation = context.Interruptions.First;
        var choice = CommonOptions.ChoiceOf(parsed, context) with { ResumesRuns = true };
        await using var session = await ServerSession.OpenAsync(choice, cancellation);
        var tenant = await Tenants.ChooseAsync(session.Api, parsed.GetValue(CommonOptions.Tenant), cancellation);
        var member = parsed.GetValue(Member) is { } named ? await Members.FindAsync(tenant, named, cancellation) : (ConnectWiseId?)null;
        return await FollowAsync(tenant, await StartAsync(session, tenant, parsed.GetValue(DryRun), member, context), context);
    }

    // A sync that was interrupted goes on with the server that this process has just started; there is nobody else to follow it.
    private static async Task<Run> StartAsync(ServerSession session, TenantClient tenant, bool dryRun, ConnectWiseId? member, CommandContext context)
    {
        try
        {
            return await tenant.Employees.SyncAsync(dryRun, member, context.Interruptions.First);
        }
        catch (ApiException e) when (session.IsOwn && e.Problem.Code == "sync-running" && e.Detail("run") is { } running)
        {
            context.Terminal.Messages.WriteLine($"The employee sync {running} was interrupted and goes on; no other is started.");
            return await tenant.RunAsync(new(running), context.Interruptions.First);
        }
    }
}
