using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CrmSync.Core;
using CrmSync.Core.Setup;
using CrmSync.Standalone.Commands;

namespace CrmSync.Standalone.Setup;

/// <summary>A tenant's whole set-up as a JSON file: the connection and one object for each step, in which names may stand for ids.</summary>
internal sealed class SetupFile
{
    private static readonly string[] Heads = ["tenant", "name"];
    private static readonly JsonSerializerOptions Strict = new(CoreJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    private readonly JsonObject _steps;

    private SetupFile(JsonObject steps) => _steps = steps;

    /// <summary>The tenant's id; null where the file names none.</summary>
    public string? Tenant => TextOf("tenant");

    /// <summary>The tenant's name, for people; null where the file names none.</summary>
    public string? Name => TextOf("name");

    /// <summary>The steps that the file holds, in the order in which they are saved.</summary>
    public IEnumerable<SetupStep> Steps => SetupSteps.All.Where(step => _steps.ContainsKey(SetupSteps.NameOf(step)));

    /// <summary>Whether the members of the chosen types are to be invited.</summary>
    public bool Invites => _steps["users"]?["invite"] is JsonValue value && value.TryGetValue<bool>(out var invites) && invites;

    /// <summary>The object of a step. The file's own is left as it is.</summary>
    public JsonObject StepOf(SetupStep step)
    {
        var name = SetupSteps.NameOf(step);
        return _steps[name] is JsonObject found ? (JsonObject)found.DeepClone() : throw Wrong($"\"{name}\" is no object.");
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="CommandException">There is no such file, or it is no set-up.</exception>
    public static async Task<SetupFile> ReadAsync(string path, CancellationToken cancellation)
    {
        try
        {
            return Parse(await File.ReadAllTextAsync(path, cancellation));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.WrongInput, $"The file {path} cannot be read.",
                "Check its path; \"crmsync setup --print-template\" prints an example.");
        }
    }

    /// <summary>Reads a text. Comments and trailing commas are let pass.</summary>
    public static SetupFile Parse(string text)
    {
        JsonNode? node;
        try
        {
            node = JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        }
        catch (JsonException e)
        {
            throw Wrong(FormattableString.Invariant(
                $"It is no JSON: it goes wrong at line {(e.LineNumber ?? 0) + 1}, byte {(e.BytePositionInLine ?? 0) + 1}."));
        }

        if (node is not JsonObject file)
        {
            throw Wrong("It is no JSON object.");
        }

        var known = Heads.Concat(SetupSteps.All.Select(SetupSteps.NameOf)).ToList();
        return file.Select(member => member.Key).FirstOrDefault(name => !known.Contains(name)) is { } unknown
            ? throw Wrong($"There is no member \"{unknown}\"; there are {string.Join(", ", known)}.")
            : new SetupFile(file);
    }

    /// <summary>The connection's form; the private key and the CRM's token come from the file or from the environment variables that it names.</summary>
    public ConnectionForm Connection(Func<string, string?> environment)
    {
        var form = StepOf(SetupStep.Connection);
        TakeFromEnvironment(form, "privateKey", "the private key", environment);
        if (form["crm"] is JsonObject crm)
        {
            TakeFromEnvironment(crm, "token", "the CRM's token", environment);
        }

        try
        {
            return form.Deserialize<ConnectionForm>(Strict)!;
        }
        catch (JsonException)
        {
            throw Wrong("\"connection\" holds a member that it does not know, or a value of the wrong kind.");
        }
    }

    private static void TakeFromEnvironment(JsonObject form, string member, string what, Func<string, string?> environment)
    {
        if (form[$"{member}Env"]?.ToString() is { } variable)
        {
            form.Remove($"{member}Env");
            form[member] = environment(variable) ?? throw new CommandException(
                ExitCodes.WrongInput, $"The environment variable {variable}, which the set-up file names for {what}, is not set.",
                $"Set {variable}, and run the command again.");
        }
    }

    private string? TextOf(string name) => _steps[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static CommandException Wrong(string what) => new(
        ExitCodes.WrongInput, $"The set-up file cannot be used. {what}", "\"crmsync setup --print-template\" prints an example.");
}
