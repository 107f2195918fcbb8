using System.Text.RegularExpressions;
using CrmSync.Core;
using CrmSync.Core.Employees;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Crm.BuiltIn;
using CrmSync.EndToEnd.Support;
using CrmSync.Scim.Tests.Servers;

namespace CrmSync.EndToEnd.Employees;

/// <summary>What a sync has come to, in a form in which two of the same account are equal: people stand by their external keys.</summary>
/// <param name="Employees">The directory's employees with their pictures.</param>
/// <param name="Links">The links with their snapshots.</param>
/// <param name="Report">The counts and the writes.</param>
/// <param name="Invited">The addresses that an invitation was accepted for.</param>
/// <param name="Unknown">The addresses of which nobody knows.</param>
internal sealed partial record EmployedState(string Employees, string Links, string Report, IReadOnlyList<string> Invited, IReadOnlyList<string> Unknown)
{
    public static async Task<EmployedState> ReadAsync(Engine engine, ScimServer? scim, Run run)
    {
        var directory = await engine.Get<ISystems>().DirectoryAsync(World.Id, CancellationToken.None);
        var employees = await directory.ReadAllAsync(CancellationToken.None).ToListAsync();
        Assert.DoesNotContain(employees.GroupBy(employee => employee.ExternalKey), group => group.Count() > 1);
        var keys = employees.ToDictionary(employee => employee.Id, employee => employee.ExternalKey ?? $"before:{employee.Fields[FieldKeys.Email]}");
        var pictures = new List<string>();
        foreach (var employee in employees)
        {
            var picture = scim is null
                ? (await engine.Get<BuiltInDirectoryFactory>().BrowserFor(World.Id).FindAsync(employee.Id, CancellationToken.None))!.PictureHash
                : Hash().Match(scim.Store.Find(employee.Id.Value)!["photos"]?.ToJsonString() ?? "").Value;
            pictures.Add($"{keys[employee.Id]} {Text(employee.Fields)} {picture}");
        }

        var links = await LinkExport.ReadAsync(engine.Get<ILinkStore>(), World.Id, Entity.Employee);
        var invitations = await engine.Get<IInvitationStore>().ListAsync(World.Id, CancellationToken.None);
        return new EmployedState(
            string.Join('\n', pictures.Order(StringComparer.Ordinal)),
            string.Join('\n', links.Select(link => $"{link.ConnectWise} {keys[link.Crm]} {Text(link.ConnectWiseSnapshot)} {Text(link.CrmSnapshot)}")),
            FinalState.Counts(run),
            In(InvitationState.Sent),
            In(InvitationState.Sending));

        IReadOnlyList<string> In(InvitationState state) =>
            [.. invitations.Where(invitation => invitation.State == state).Select(invitation => invitation.Email).Order(StringComparer.Ordinal)];
    }

    // Ids are a set: in which order they stand says only who was there first.
    private static string Text(FieldValues fields) => CoreJson.Serialize(fields.OrderBy(field => field.Key, StringComparer.Ordinal).ToDictionary(
        field => field.Key, field => field.Key == FieldKeys.EmployeeIds ? EmployeeIds.Sorted(field.Value) : field.Value));

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Hash();
}
