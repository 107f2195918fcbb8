using System.CommandLine;
using CrmSync.Standalone.Client;
using CrmSync.Standalone.Console;
using Spectre.Console;

namespace CrmSync.Standalone.Commands;

/// <summary><c>crmsync keys</c>: a tenant's keys.</summary>
internal static class KeysCommand
{
    private static readonly Option<string?> Add = new("--add") { Description = "Make a key for this purpose; its text is shown this once.", HelpName = "name" };

    private static readonly Option<string?> Remove = new("--remove")
    {
        Description = "Remove the key with this id, which opens nothing from then on.",
        HelpName = "id",
    };

    public static Command Make(CommandContext context) => new Command("keys", "List a tenant's keys, make one or remove one.")
        .With(Add, Remove).With(CommonOptions.Client).Does(context, RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        var cancellation = context.Interruptions.First;
        await using var session = await ServerSession.OpenAsync(CommonOptions.ChoiceOf(parsed, context), cancellation);
        var tenant = await Tenants.ChooseAsync(session.Api, parsed.GetValue(CommonOptions.Tenant), cancellation);
        if (parsed.GetValue(Remove) is { } id)
        {
            await tenant.RemoveKeyAsync(id, cancellation);
        }

        if (parsed.GetValue(Add) is { } name)
        {
            var issued = await tenant.AddKeyAsync(name, cancellation);
            context.Terminal.Output.WriteLine(context.Json ? Core.CoreJson.Serialize(issued) : issued.Key);
            context.Terminal.Messages.WriteLine("Keep it now: it is not shown again.");
            return ExitCodes.Done;
        }

        var keys = await tenant.KeysAsync(cancellation);
        if (context.Json)
        {
            context.WriteJson(keys);
            return ExitCodes.Done;
        }

        var table = PlainTable.Of("Key", "For", "Since (UTC)");
        foreach (var key in keys)
        {
            table.Add(key.Id, key.Name, Numbers.Time(key.CreatedAt));
        }

        if (keys.Count == 0)
        {
            context.Terminal.Results.WriteLine("There is no key yet.");
        }
        else
        {
            context.Terminal.Results.Write(table);
        }

        return ExitCodes.Done;
    }
}
