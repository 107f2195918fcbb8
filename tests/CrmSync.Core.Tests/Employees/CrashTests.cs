using CrmSync.Core.Employees;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Tests.Employees.Fakes;
using static CrmSync.Core.Tests.Employees.Fakes.EmployeeWorld;

namespace CrmSync.Core.Tests.Employees;

/// <summary>
/// L5: the process dies at every boundary of a step and around every effect on either side and in every store; the next one takes the run up. Nobody is created
/// or invited twice, and whoever is overwritten is in a backup (ME-7).
/// </summary>
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

    /// <summary>What becomes of a run whose process died.</summary>
    public enum Then
    {
        /// <summary>It is taken up.</summary>
        Resumed,

        /// <summary>It is given up, as one that was cancelled or failed, and another one begins.</summary>
        Anew,
    }

    [Theory]
    [InlineData(PictureWay.Content, Then.Resumed)]
    [InlineData(PictureWay.Address, Then.Resumed)]
    [InlineData(PictureWay.Content, Then.Anew)]
    public async Task Sync_DiesAnywhere_CreatesAndInvitesNobodyTwiceAndEndsAsUndisturbed_L5(PictureWay pictures, Then then)
    {
        var undisturbed = await TryAsync(int.MaxValue, pictures, then);
        var places = new HashSet<string>();
        for (var place = 1; ; place++)
        {
            var tried = await TryAsync(place, pictures, then);
            if (tried.Place is null)
            {
                break;
            }

            places.Add(tried.Place);
            var at = $"{place}: {tried.Place}";
            Assert.True(undisturbed.State == tried.State, $"{at}\n{undisturbed.State}\n{tried.State}");
            Assert.True(tried.MostMails <= 1, $"{at}: mailed {tried.MostMails} times");
            Assert.True(tried.Accounted, $"{at}: somebody is neither invited nor known to be unknown");
            Assert.True(tried.Created == undisturbed.Created, $"{at}: created {tried.Created}");
            Assert.True(tried.BackedUp, $"{at}: somebody was overwritten without a backup");
        }

        string[] effects =
        [
            "part Settings", "part Observation", "part Counterpart", "part Plan", "part Results", "backup", "directory write", "picture", "picture store",
            "link", "invitation", "mail", "pruning", "run", .. pictures == PictureWay.Address ? new[] { "secret" } : [],
        ];
        Assert.All(effects, effect => Assert.Contains(places, place => IsOf(place, effect, "begins")));
        Assert.All(effects, effect => Assert.Contains(places, place => IsOf(place, effect, "done")));
        Assert.Equal(7, places.Count(place => place.EndsWith("recorded", StringComparison.Ordinal)));
    }

    private static bool IsOf(string place, string effect, string moment) =>
        place.StartsWith(effect, StringComparison.Ordinal) && place.EndsWith(moment, StringComparison.Ordinal);

    private static async Task<Outcome> TryAsync(int place, PictureWay pictures, Then then)
    {
        var world = new EmployeeWorld();
        world.Directory.Capabilities = world.Directory.Capabilities with { Pictures = pictures };
        world.ConnectWise.Photos[new(1)] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1];
        world.Directory.Add("m3@example.com", "M3", more: (FieldKeys.Team, "Before"));
        await world.With(Member(5)).SetAsync(Settings);
        await world.SyncAsync();
        world.With(Member(1, photo: "1"), Member(2), Member(3), Member(4, inactive: true), Member(5, inactive: true, updated: 1));

        var (count, died) = (0, (string?)null);
        var journal = new Dictionary<(string, string), string>();
        var run = await world.BeginAsync(new EmployeeOrder());
        try
        {
            world.Effect = Die;
            await world.ResumeAsync(run, new EmployeeOrder(), journal, Die);
        }
        catch (ProcessDeathException)
        {
            world.Effect = _ => { };
            await GoOnAsync();
        }

        world.Effect = _ => { };
        var ended = await world.Runs.FindAsync(Acme, run, default);
        Assert.Equal(RunState.Completed, ended!.State);
        var links = await world.Setup.Links.ReadRangeAsync(Acme, Entity.Employee, new IdRange(0, null), default);
        var again = await world.SyncAsync();
        Assert.Equal((0, 0, 0), (again.Report!.Writes, again.Report.Employees!.Invited, again.Report.Employees.Pictures));
        var invited = world.Invitations.All.Select(invitation => invitation.State).ToList();
        var backedUp = world.Backups.Records.SelectMany(backup => backup.Value).ToList();
        return new Outcome(
            died,
            string.Join('\n', world.Directory.Employees.Select(each => $"{each.ExternalKey} {CoreJson.Serialize(each.Fields)}").Order(StringComparer.Ordinal))
                + string.Concat(links.Select(link => $"\n{link.ConnectWise} {KeyOf(link.Crm)} {(then == Then.Anew ? "" : SnapshotsOf(link))}"))
                + (then == Then.Anew ? "" : CoreJson.Serialize(ended.Report!.Stages) + ended.Report.Writes),
            world.Directory.Created,
            world.Sender.Sent.GroupBy(mail => mail.To).Select(group => group.Count()).Append(0).Max(),
            invited.Count == 3 && invited.All(state => state is InvitationState.Sent or InvitationState.Sending),
            backedUp.Any(record => record.Fields[FieldKeys.Team] == "Before")
                && backedUp.Any(record => record.Fields[FieldKeys.Email] == "m5@example.com" && record.Fields[FieldKeys.Active] == "true"));

        string? KeyOf(CrmId employee) => world.Directory[employee.Value].ExternalKey;

        static string SnapshotsOf(Link link) => CoreJson.Serialize(link.ConnectWiseSnapshot) + CoreJson.Serialize(link.CrmSnapshot);

        async Task GoOnAsync()
        {
            if (then == Then.Resumed || (await world.Runs.FindAsync(Acme, run, default))!.Ended)
            {
                await world.ResumeAsync(run, new EmployeeOrder(), journal);
                return;
            }

            var given = (await world.Runs.FindAsync(Acme, run, default))!;
            await world.Runs.UpdateAsync(given with { State = RunState.Cancelled, EndedAt = world.Time.GetUtcNow() }, default);
            run = (await world.SyncAsync()).Id;
        }

        void Die(string where)
        {
            // Once it is dead, nothing happens any more.
            if (died is not null || ++count == place)
            {
                died ??= where;
                throw new ProcessDeathException();
            }
        }
    }

    private sealed record Outcome(string? Place, string State, int Created, int MostMails, bool Accounted, bool BackedUp);

    private sealed class ProcessDeathException : Exception;
}
