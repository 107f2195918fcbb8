using System.CommandLine;
using CrmSync.Standalone.Client;
using CrmSync.Standalone.Console;
using Spectre.Console;

namespace CrmSync.Standalone.Commands;

/// <summary><c>crmsync tenants</c>: the list of tenants, and a new one.</summary>
internal static class TenantsCommand
{
    private static readonly Option<string?> Add = new("--add") { Description = "Add a tenant with this id.", HelpName = "id" };

    private static readonly Option<string?> Name = new("--name") { Description = "Its name, for people. [default: its id]", HelpName = "name" };

    public static Command Make(CommandContext context) => new Command("tenants", "List the tenants, or add one.")
        .With(Add, Name, CommonOptions.Data, CommonOptions.Server, CommonOptions.Key).Does(context, RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        var cancellation = context.Interruptions.First;
        var add = parsed.GetValue(Add);
        await using var session = await ServerSession.OpenAsync(CommonOptions.ChoiceOf(parsed, context) with { MakesDirectory = add is not null },
            cancellation);
        if (add is not null)
        {
            await Tenants.AddAsync(session.Api, add, parsed.GetValue(Name) ?? add, cancellation);
        }

        var tenants = await Tenants.ListAsync(session.Api, cancellation);
        if (context.Json)
        {
            context.WriteJson(tenants);
            return ExitCodes.Done;
        }

        if (tenants.Count == 0)
        {
            context.Terminal.Results.WriteLine("There is no tenant yet.");
            return ExitCodes.Done;
        }

        var table = PlainTable.Of("Tenant", "Name", "Since (UTC)");
        foreach (var tenant in tenants)
        {
            table.Add(tenant.Id.Value, tenant.Name, Numbers.Time(tenant.CreatedAt));
        }

        context.Terminal.Results.Write(table);
        return ExitCodes.Done;
    }
}
