using System.CommandLine;
using CrmSync.Core.Ports;
using CrmSync.Standalone.Client;
using CrmSync.Standalone.Console;
using CrmSync.Standalone.Setup;
using Spectre.Console;

namespace CrmSync.Standalone.Commands.Employees;

/// <summary><c>crmsync employees test</c>: tests the integration (EM-2).</summary>
internal static class TestCommand
{
    public static Command Make(CommandContext context) => new Command("test",
        "Test connection, directory and mail server, of the saved settings or of a file. The sync can be enabled only after it.")
        .With(SettingsCommand.FileOption).With(CommonOptions.Client).Does(context, RunAsync);

    /// <summary>Writes what was tested, and what to do about what failed.</summary>
    public static void Write(IAnsiConsole console, ConnectionTestReport report)
    {
        foreach (var check in report.Checks)
        {
            var words = check.Passed ? string.Empty : $": {check.Cause}";
            var head = $"  {(check.Passed ? "passed" : "FAILED")}  ";
            foreach (var line in Wrapped.Lines(head, [check.Subject + words, .. Remedies(check)], Terminal.NarrowWidth))
            {
                console.WriteLine(line);
            }
        }

        console.WriteLine(report.Passed ? "All passed: the sync can be enabled with these settings." : "Not all passed: the sync cannot be enabled.");
    }

    private static IEnumerable<string> Remedies(ConnectionCheck check) => check is { Passed: false, Remedy: { } remedy } ? [remedy] : [];

    private static async Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        var cancellation = context.Interruptions.First;
        var file = parsed.GetValue(SettingsCommand.FileOption) is { } path ? await EmployeeFile.ReadAsync(path, cancellation) : null;
        await using var session = await ServerSession.OpenAsync(CommonOptions.ChoiceOf(parsed, context), cancellation);
        var tenant = await Tenants.ChooseAsync(session.Api, parsed.GetValue(CommonOptions.Tenant), cancellation);
        var form = file is null ? null : await file.FormAsync(tenant.Employees, context.Environment, cancellation);
        var report = await tenant.Employees.TestAsync(form, cancellation);
        if (context.Json)
        {
            context.WriteJson(report);
        }
        else
        {
            Write(context.Terminal.Results, report);
        }

        return report.Passed ? ExitCodes.Done : ExitCodes.Unavailable;
    }
}
