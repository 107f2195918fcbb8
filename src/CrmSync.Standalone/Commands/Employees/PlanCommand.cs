using System.CommandLine;
using CrmSync.Core.Records;
using CrmSync.Standalone.Client;
using CrmSync.Standalone.Console;

namespace CrmSync.Standalone.Commands.Employees;

/// <summary><c>crmsync employees plan</c>: shows what a run would do, and approves it (PL-1).</summary>
internal static class PlanCommand
{
    private static readonly Argument<string> Run = new("run") { Description = "The run whose plan it is: a dry run, or one that a guard stopped." };

    private static readonly Option<string?> Hash = new("--hash")
    {
        Description = "The hash that stood with the plan when it was shown; without it, the plan is applied as it stands now.",
        HelpName = "hash",
    };

    public static Command Make(CommandContext context) => new Command("plan", "Work with plans.").With(
        new Command("show", "Show what a run would do to each employee, and why.").With(Run).With(CommonOptions.Client).Does(context, ShowAsync),
        new Command("apply", "Apply a plan as it was shown; what has become different meanwhile is left.")
            .With(Run, Hash).With(CommonOptions.Client).Does(context, ApplyAsync));

    private static async Task<int> ShowAsync(ParseResult parsed, CommandContext context)
    {
        var cancellation = context.Interruptions.First;
        await using var session = await ServerSession.OpenAsync(CommonOptions.ChoiceOf(parsed, context), cancellation);
        var tenant = await Tenants.ChooseAsync(session.Api, parsed.GetValue(CommonOptions.Tenant), cancellation);
        var run = new RunId(parsed.GetRequiredValue(Run));
        var plan = await tenant.Employees.PlanAsync(run, cancellation);
        if (context.Json)
        {
            context.WriteJson(plan);
        }
        else
        {
            EmployeePlanView.Write(context.Terminal.Results, run, plan);
        }

        return ExitCodes.Done;
    }

    private static async Task<int> ApplyAsync(ParseResult parsed, CommandContext context)
    {
        var cancellation = context.Interruptions.First;
        await using var session = await ServerSession.OpenAsync(CommonOptions.ChoiceOf(parsed, context) with { ResumesRuns = true }, cancellation);
        var tenant = await Tenants.ChooseAsync(session.Api, parsed.GetValue(CommonOptions.Tenant), cancellation);
        var run = await tenant.Employees.ApplyAsync(new(parsed.GetRequiredValue(Run)), parsed.GetValue(Hash), cancellation);
        return await SyncCommand.FollowAsync(tenant, run, context);
    }
}
