using CrmSync.Core.Ports;
using CrmSync.Core.Setup;
using CrmSync.Standalone.Commands;

namespace CrmSync.Standalone.Setup;

/// <summary>Finds choices by their names.</summary>
internal static class NameMatch
{
    /// <summary>The choice with this name, exactly or else without case, spaces and punctuation.</summary>
    /// <exception cref="CommandException">There is none; the message lists those that there are.</exception>
    public static Choice Require(string name, IReadOnlyList<Choice> choices, string word) =>
        choices.FirstOrDefault(choice => choice.Name == name) ?? choices.FirstOrDefault(choice => Same(choice.Name, name))
        ?? throw new CommandException(
            ExitCodes.WrongInput, $"ConnectWise has no {word} \"{name}\".", $"Use one of {string.Join(", ", choices.Select(choice => $"\"{choice.Name}\""))}.");

    /// <summary>The name on the CRM's list that is equal without case, spaces, punctuation and numbering; null for none.</summary>
    public static string? Equal(string name, IEnumerable<string> names) => names.FirstOrDefault(candidate => Same(candidate, name));

    /// <summary>What an activity type becomes by its name; null for nothing.</summary>
    public static ActivityKind? Kind(string name) =>
        Enum.GetValues<ActivityKind>().Cast<ActivityKind?>().FirstOrDefault(kind => Same(kind!.Value.ToString(), name));

    private static bool Same(string left, string right) => Letters(left).Equals(Letters(right), StringComparison.OrdinalIgnoreCase);

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetter));
}
