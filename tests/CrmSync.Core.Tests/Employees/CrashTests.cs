using CrmSync.Core.Employees;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Tests.Employees.Fakes;
using static CrmSync.Core.Tests.Employees.Fakes.EmployeeWorld;

namespace CrmSync.Core.Tests.Employees;

/// <summary>L5: the process dies at every boundary of a step and around every effect; the next one takes the run up. Nobody is created or invited twice.</summary>
public sealed class CrashTests
{
    private static readonly EmployeeSettings Settings = new()
    {
        Enabled = true,
        MemberTypes = null,
        Status = MemberStatus.All,
        Invitations = InvitationMode.Automatically,
        Mail = Mail,
    };

    [Fact]
    public async Task Sync_DiesAnywhere_CreatesAndInvitesNobodyTwiceAndEndsAsUndisturbed_L5()
    {
        var undisturbed = await TryAsync(int.MaxValue);
        var places = 0;
        for (var place = 1; ; place++)
        {
            var tried = await TryAsync(place);
            if (tried.Place is null)
            {
                break;
            }

            places++;
            Assert.True(undisturbed.Directory == tried.Directory, $"{place}: {tried.Place}\n{undisturbed.Directory}\n{tried.Directory}");
            Assert.True(tried.MostMails <= 1, $"{place}: {tried.Place}: mailed {tried.MostMails} times");
            Assert.True(tried.Accounted, $"{place}: {tried.Place}: somebody is neither invited nor known to be unknown");
            Assert.True(tried.Created == undisturbed.Created, $"{place}: {tried.Place}: created {tried.Created}");
        }

        // Seven steps at three moments each, and the effects of four writes, pictures, invitations and mails.
        Assert.InRange(places, 21 + (2 * 10), 500);
    }

    private static async Task<Outcome> TryAsync(int place)
    {
        var world = new EmployeeWorld();
        var (count, died) = (0, (string?)null);
        void Die(string where)
        {
            // Once it is dead, nothing happens any more.
            if (died is not null || ++count == place)
            {
                died ??= where;
                throw new ProcessDeathException();
            }
        }

        world.ConnectWise.Photos[new(1)] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1];
        world.Directory.Add("m3@example.com", "M3", more: (FieldKeys.Team, "Before"));
        await world.With(Member(1, photo: "1"), Member(2), Member(3), Member(4, inactive: true)).SetAsync(Settings);
        world.Directory.Effect = world.Invitations.Effect = world.Sender.Effect = Die;
        var journal = new Dictionary<(string, string), string>();
        var run = await world.BeginAsync(new EmployeeOrder());
        try
        {
            await world.ResumeAsync(run, new EmployeeOrder(), journal, Die);
        }
        catch (ProcessDeathException)
        {
            world.Directory.Effect = world.Invitations.Effect = world.Sender.Effect = _ => { };
            await world.ResumeAsync(run, new EmployeeOrder(), journal);
        }

        world.Directory.Effect = world.Invitations.Effect = world.Sender.Effect = _ => { };
        var ended = await world.Runs.FindAsync(Acme, run, default);
        Assert.Equal(RunState.Completed, ended!.State);
        var again = await world.SyncAsync();
        Assert.Equal(0, again.Report!.Writes);
        var invited = world.Invitations.All.Select(invitation => invitation.State).ToList();
        return new Outcome(
            died,
            string.Join('\n', world.Directory.Employees.Select(employee => $"{employee.ExternalKey} {CoreJson.Serialize(employee.Fields)}").Order(StringComparer.Ordinal)),
            world.Directory.Created,
            world.Sender.Sent.GroupBy(mail => mail.To).Select(group => group.Count()).Append(0).Max(),
            invited.Count == 2 && invited.All(state => state is InvitationState.Sent or InvitationState.Sending));
    }

    private sealed record Outcome(string? Place, string Directory, int Created, int MostMails, bool Accounted);

    private sealed class ProcessDeathException : Exception;
}
