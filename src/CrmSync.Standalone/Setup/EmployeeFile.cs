using System.Text.Json;
using System.Text.Json.Nodes;
using CrmSync.Core.Ports;
using CrmSync.Standalone.Client;
using CrmSync.Standalone.Commands;

namespace CrmSync.Standalone.Setup;

/// <summary>The settings of the employee sync as a JSON file, in which names may stand for ids and variables for secrets.</summary>
internal sealed class EmployeeFile
{
    private const string All = "*";

    private readonly JsonObject _settings;

    private EmployeeFile(JsonObject settings) => _settings = settings;

    /// <summary>Reads a file.</summary>
    /// <exception cref="CommandException">There is no such file, or it is no JSON object.</exception>
    public static async Task<EmployeeFile> ReadAsync(string path, CancellationToken cancellation)
    {
        try
        {
            return Parse(await File.ReadAllTextAsync(path, cancellation));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.WrongInput, $"The file {path} cannot be read.",
                "Check its path; \"crmsync employees settings --print-template\" prints an example.");
        }
    }

    /// <summary>Reads a text. Comments and trailing commas are let pass.</summary>
    public static EmployeeFile Parse(string text)
    {
        try
        {
            var node = JsonNode.Parse(
                text, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return node is JsonObject settings ? new EmployeeFile(settings) : throw Wrong("It is no JSON object.");
        }
        catch (JsonException e)
        {
            throw Wrong(FormattableString.Invariant(
                $"It is no JSON: it goes wrong at line {(e.LineNumber ?? 0) + 1}, byte {(e.BytePositionInLine ?? 0) + 1}."));
        }
    }

    /// <summary>The form as the API takes it; what it thinks of the values, it says itself.</summary>
    public async Task<JsonObject> FormAsync(EmployeeClient employees, Func<string, string?> environment, CancellationToken cancellation)
    {
        var settings = (JsonObject)_settings.DeepClone();
        var form = new JsonObject { ["settings"] = settings };
        Take(settings["directory"], "token", "directoryToken", "the directory's token");
        Take(settings["mail"], "password", "mailPassword", "the mail user's password");
        switch (settings["memberTypes"])
        {
            case JsonValue value when value.TryGetValue<string>(out var text) && text == All:
                settings["memberTypes"] = null;
                break;
            case JsonArray types when types.Any(type => type?.GetValueKind() == JsonValueKind.String):
                var offered = (await employees.OptionsAsync(cancellation)).MemberTypes;
                settings["memberTypes"] = new JsonArray([.. types.Select(type => IdOf(type, offered))]);
                break;
        }

        return form;

        void Take(JsonNode? part, string member, string secret, string what)
        {
            if (part is not JsonObject holder)
            {
                return;
            }

            if (SecretOf(holder, member, what, environment) is { } value)
            {
                form[secret] = value;
            }

            holder.Remove(member);
            holder.Remove($"{member}Env");
        }
    }

    private static string? SecretOf(JsonObject holder, string member, string what, Func<string, string?> environment) =>
        holder[$"{member}Env"]?.ToString() is not { } variable ? holder[member]?.ToString()
            : environment(variable) ?? throw new CommandException(
                ExitCodes.WrongInput, $"The environment variable {variable}, which the settings file names for {what}, is not set.",
                $"Set {variable}, and run the command again.");

    private static JsonNode? IdOf(JsonNode? type, IReadOnlyList<Choice> offered) =>
        type?.GetValueKind() == JsonValueKind.String ? NameMatch.Require(type.GetValue<string>(), offered, "member type").Id : type?.DeepClone();

    private static CommandException Wrong(string what) => new(
        ExitCodes.WrongInput, $"The settings file cannot be used. {what}", "\"crmsync employees settings --print-template\" prints an example.");
}
