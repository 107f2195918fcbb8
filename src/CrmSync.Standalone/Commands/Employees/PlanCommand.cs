using System.CommandLine;
using CrmSync.Standalone.Client;

namespace CrmSync.Standalone.Commands.Employees;

/// <summary><c>crmsync employees plan apply</c>: approves a plan, and follows the run that applies it (PL-1).</summary>
internal static class PlanCommand
{
    private static readonly Argument<string> Run = new("run") { Description = "The run whose plan it is: a dry run, or one that a guard stopped." };

    public static Command Make(CommandContext context) => new Command("plan", "Work with plans.").With(
        new Command("apply", "Apply a plan as it was shown; what has become different meanwhile is left.")
            .With(Run).With(CommonOptions.Client).Does(context, ApplyAsync));

    private static async Task<int> ApplyAsync(ParseResult parsed, CommandContext context)
    {
        var cancellation = context.Interruptions.First;
        await using var session = await ServerSession.OpenAsync(CommonOptions.ChoiceOf(parsed, context) with { ResumesRuns = true }, cancellation);
        var tenant = await Tenants.ChooseAsync(session.Api, parsed.GetValue(CommonOptions.Tenant), cancellation);
        var run = await tenant.Employees.ApplyAsync(new(parsed.GetRequiredValue(Run)), cancellation);
        return await SyncCommand.FollowAsync(tenant, run, context);
    }
}
