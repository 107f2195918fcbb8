using System.CommandLine;
using CrmSync.Standalone.Client;
using CrmSync.Standalone.Console;

namespace CrmSync.Standalone.Commands.Employees;

/// <summary><c>crmsync employees explain</c>: one member in five steps, without writing.</summary>
internal static class MemberCommand
{
    private static readonly Argument<string> Member = new("member") { Description = "Its id or login name in ConnectWise." };

    public static Command Make(CommandContext context) => new Command("explain", "Run one member through the sync in five steps, without writing.")
        .With(Member).With(CommonOptions.Client).Does(context, RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        var cancellation = context.Interruptions.First;
        await using var session = await ServerSession.OpenAsync(CommonOptions.ChoiceOf(parsed, context), cancellation);
        var tenant = await Tenants.ChooseAsync(session.Api, parsed.GetValue(CommonOptions.Tenant), cancellation);
        var member = await Members.FindAsync(tenant, parsed.GetRequiredValue(Member), cancellation);
        var explanation = await tenant.Employees.ExplainAsync(member, cancellation);
        if (context.Json)
        {
            context.WriteJson(explanation);
        }
        else
        {
            EmployeeExplanationView.Write(context.Terminal.Results, explanation);
        }

        return explanation.Connection.Passed ? ExitCodes.Done : ExitCodes.Unavailable;
    }
}
