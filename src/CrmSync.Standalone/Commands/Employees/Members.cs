using CrmSync.Core.Records;
using CrmSync.Standalone.Client;

namespace CrmSync.Standalone.Commands.Employees;

/// <summary>Finds the member that a command is about.</summary>
internal static class Members
{
    /// <summary>The member with this id, which is taken as it is, or with this login name.</summary>
    /// <exception cref="CommandException">No member has the login name.</exception>
    public static async Task<ConnectWiseId> FindAsync(TenantClient tenant, string named, CancellationToken cancellation)
    {
        if (ConnectWiseId.TryParse(named) is { } id)
        {
            return id;
        }

        var members = await tenant.MembersAsync(cancellation);
        var found = members.Where(member => member.Identifier == named).ToList();
        found = found.Count > 0 ? found : [.. members.Where(member => string.Equals(member.Identifier, named, StringComparison.OrdinalIgnoreCase))];
        return found is [var only] ? only.Id : throw new CommandException(
            ExitCodes.WrongInput, $"ConnectWise has no member with the login name \"{named}\".", "Give its id, or its login name as ConnectWise shows it.");
    }
}
