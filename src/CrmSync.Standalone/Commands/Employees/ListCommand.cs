using System.CommandLine;
using CrmSync.Core.Employees;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Standalone.Client;
using CrmSync.Standalone.Console;
using Spectre.Console;

namespace CrmSync.Standalone.Commands.Employees;

/// <summary><c>crmsync employees list</c>: the linked employees with their invitations.</summary>
internal static class ListCommand
{
    private const int LongestCell = 34;

    private static readonly Option<bool> NotInvited = new("--not-invited") { Description = "Only the active ones who wait for an invitation." };

    public static Command Make(CommandContext context) => new Command("list", "List the linked employees with their invitations.")
        .With(NotInvited).With(CommonOptions.Client).Does(context, RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        var cancellation = context.Interruptions.First;
        await using var session = await ServerSession.OpenAsync(CommonOptions.ChoiceOf(parsed, context), cancellation);
        var tenant = await Tenants.ChooseAsync(session.Api, parsed.GetValue(CommonOptions.Tenant), cancellation);
        var waiting = parsed.GetValue(NotInvited);
        var linked = await tenant.Employees.ListAsync(cancellation);
        IReadOnlyList<EmployeeView> employees = waiting
            ? [.. linked.Where(employee => employee.Invitation == InvitationState.Waiting && IsActive(employee))] : linked;
        if (context.Json)
        {
            context.WriteJson(employees);
        }
        else if (employees.Count == 0)
        {
            context.Terminal.Results.WriteLine(waiting ? "Nobody waits for an invitation." : "No employee is linked yet.");
        }
        else
        {
            context.Terminal.Results.Write(TableOf(employees));
        }

        return ExitCodes.Done;
    }

    private static Table TableOf(IReadOnlyList<EmployeeView> employees)
    {
        var table = PlainTable.Of(">Member", ">Employee", "Name", "E-mail", "Active", "Invitation");
        foreach (var employee in employees)
        {
            var fields = employee.Fields;
            table.Add(
                employee.Member.ToString(), Short(employee.Employee.Value), Short($"{fields[FieldKeys.FirstName]} {fields[FieldKeys.LastName]}".Trim()),
                Short(fields[FieldKeys.Email] ?? "–"), IsActive(employee) ? "yes" : "no",
                employee.Invitation?.ToString().ToLowerInvariant() ?? "–");
        }

        return table;
    }

    private static bool IsActive(EmployeeView employee) => employee.Fields[FieldKeys.Active] != "false";

    private static string Short(string text) => text.Length > LongestCell ? $"{text[..(LongestCell - 1)]}…" : text;
}
