using System.CommandLine;
using CrmSync.Standalone.Commands.Employees;

namespace CrmSync.Standalone.Commands;

/// <summary><c>crmsync employees</c>: ConnectWise's members become employees (EM).</summary>
internal static class EmployeesCommand
{
    public static Command Make(CommandContext context) => new Command("employees", "Make employees of ConnectWise's members.").With(
        SettingsCommand.Make(context), TestCommand.Make(context), SyncCommand.Make(context), PlanCommand.Make(context),
        MemberCommand.Make(context), ListCommand.Make(context), InviteCommand.Make(context));
}
