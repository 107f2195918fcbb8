using System.CommandLine;
using CrmSync.Core.Employees;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Standalone.Client;
using CrmSync.Standalone.Console;
using Spectre.Console;

namespace CrmSync.Standalone.Commands.Employees;

/// <summary><c>crmsync employees invite</c>: sends invitations that wait; nobody gets a second one but by an explicit word (EM-7).</summary>
internal static class InviteCommand
{
    private static readonly Argument<string[]> Ids = new("employee") { Description = "Ids of employees.", Arity = ArgumentArity.ZeroOrMore };

    private static readonly Option<bool> All = new("--all") { Description = "Everybody who waits for an invitation." };

    private static readonly Option<bool> Unknown = new("--unknown")
    {
        Description = "Send those again whose fate is unknown: it may be the second one for them.",
    };

    public static Command Make(CommandContext context) => new Command("invite", "Invite employees by e-mail; nobody twice.")
        .With(Ids, All, Unknown).With(CommonOptions.Client).Does(context, RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        var cancellation = context.Interruptions.First;
        var ids = parsed.GetValue(Ids) ?? [];
        if (parsed.GetValue(All) == ids.Length > 0)
        {
            throw new CommandException(ExitCodes.WrongInput, "Either --all or ids of employees say whom to invite.",
                "See \"crmsync employees list --not-invited\", then give one of them.");
        }

        await using var session = await ServerSession.OpenAsync(CommonOptions.ChoiceOf(parsed, context) with { ResumesRuns = true }, cancellation);
        var tenant = await Tenants.ChooseAsync(session.Api, parsed.GetValue(CommonOptions.Tenant), cancellation);
        var release = new InvitationRelease { Employees = ids.Length == 0 ? null : [.. ids.Select(id => new CrmId(id))], Unknown = parsed.GetValue(Unknown) };
        var released = await tenant.Employees.InviteAsync(release, cancellation);
        var run = released.Run is not { } sending ? null : await RunFollower.FollowAsync(
            tenant, await tenant.RunAsync(sending, cancellation), context.Terminal, context.Interruptions, context.Time);
        if (context.Json)
        {
            context.WriteJson(new InviteResult(released.Released, released.Left, run));
        }
        else
        {
            Write(context.Terminal.Results, released, run);
        }

        return run is null ? ExitCodes.Done : ImportCommand.ExitCodeOf(run);
    }

    private static void Write(IAnsiConsole console, InvitationsReleased released, Run? run)
    {
        console.WriteLine(released.Released.Count == 0 ? "There is nobody to invite."
            : $"{Numbers.Of(released.Released.Count)} {(released.Released.Count == 1 ? "invitation is" : "invitations are")} to be sent.");
        if (released.Left.Count > 0)
        {
            console.WriteLine(
                "Left, since they are inactive, were invited already, their invitation's fate is unknown, or there is none: "
                + $"{string.Join(", ", released.Left)}.");
        }

        if (run?.Report?.Employees is { } report)
        {
            EmployeeReportView.WriteInvitations(console, report);
        }

        if (run?.Failure is { } failure)
        {
            console.WriteLine($"{failure.Message} {failure.Remedy}");
        }
    }

    private sealed record InviteResult(IReadOnlyList<CrmId> Released, IReadOnlyList<CrmId> Left, Run? Run);
}
