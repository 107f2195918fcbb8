using System.CommandLine;
using CrmSync.Core;
using CrmSync.Core.Employees;
using CrmSync.Standalone.Client;
using CrmSync.Standalone.Console;
using CrmSync.Standalone.Setup;
using Spectre.Console;

namespace CrmSync.Standalone.Commands.Employees;

/// <summary><c>crmsync employees settings</c>: shows the settings of the sync, or saves them from a file.</summary>
internal static class SettingsCommand
{
    private static readonly Option<bool> Template = new("--print-template") { Description = "Print an example of the file, with comments." };

    /// <summary>The settings as a file.</summary>
    public static Option<string?> FileOption { get; } = new("--file") { Description = "The settings as JSON.", HelpName = "file" };

    public static Command Make(CommandContext context) => new Command("settings", "Show the settings of the sync, or save those of a file.")
        .With(FileOption, Template).With(CommonOptions.Client).Does(context, RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        if (parsed.GetValue(Template))
        {
            context.Terminal.Output.WriteLine(EmployeeTemplate.Text);
            return ExitCodes.Done;
        }

        var cancellation = context.Interruptions.First;
        var file = parsed.GetValue(FileOption) is { } path ? await EmployeeFile.ReadAsync(path, cancellation) : null;
        await using var session = await ServerSession.OpenAsync(CommonOptions.ChoiceOf(parsed, context), cancellation);
        var tenant = await Tenants.ChooseAsync(session.Api, parsed.GetValue(CommonOptions.Tenant), cancellation);
        var view = file is null ? await tenant.Employees.SettingsAsync(cancellation)
            : await tenant.Employees.SaveAsync(await file.FormAsync(tenant.Employees, context.Environment, cancellation), cancellation);
        if (context.Json)
        {
            context.WriteJson(view);
        }
        else
        {
            Write(context.Terminal.Results, view, saved: file is not null);
        }

        return ExitCodes.Done;
    }

    private static void Write(IAnsiConsole console, EmployeeSettingsView view, bool saved)
    {
        if (view.Settings is not { } settings)
        {
            console.WriteLine("Nothing has been saved yet. \"crmsync employees settings --print-template\" prints an example of a file.");
            return;
        }

        if (saved)
        {
            console.WriteLine("Saved.");
        }

        var table = PlainTable.Of("Setting", "Value");
        table.Add("enabled", settings.Enabled ? "yes" : "no: nothing is synchronised");
        table.Add(
            "test", view.TestHolds ? $"passed on {Numbers.Time(view.TestedAt!.Value)} UTC" : "none has passed with this connection, directory and mail server");
        table.Add("status", Word(settings.Status));
        table.Add("memberTypes", settings.MemberTypes is not { } types ? "all" : types.Count == 0 ? "none: nobody is synchronised" : string.Join(", ", types));
        table.Add("profile", settings.Profile ?? "none");
        table.Add("invitations", Word(settings.Invitations) + (settings.HoldInvitations ? ", held" : string.Empty));
        table.Add("deactivateLeavers", settings.DeactivateLeavers ? "yes" : "no: they are reported");
        table.Add("protected", settings.Protected.Count == 0 ? "nobody" : string.Join(", ", settings.Protected));
        table.Add("directory", settings.Directory.Kind == DirectoryKind.BuiltIn ? "built-in"
            : $"{settings.Directory.Address}, token {(view.DirectoryTokenStored ? "stored" : "missing")}");
        table.Add("mail", settings.Mail is not { } mail ? "none"
            : $"{mail.Host}:{mail.Port}{(mail.User is null ? string.Empty : $", password {(view.MailPasswordStored ? "stored" : "missing")}")}");
        console.Write(table);
    }

    private static string Word<T>(T value) => CoreJson.Serialize(value).Trim('"');
}
