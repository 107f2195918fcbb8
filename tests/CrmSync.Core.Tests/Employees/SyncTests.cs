using CrmSync.Core.Employees;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Tests.Employees.Fakes;
using static CrmSync.Core.Tests.Employees.Fakes.EmployeeWorld;

namespace CrmSync.Core.Tests.Employees;

/// <summary>The sync as a whole: what it does the first time, and that it does nothing the second time.</summary>
public sealed class SyncTests
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

    private static readonly EmployeeSettings Everyone = new()
    {
        Enabled = true,
        MemberTypes = null,
        Profile = "Employee",
        Invitations = InvitationMode.Automatically,
        Mail = Mail,
    };

    private readonly EmployeeWorld _world = new();

    [Fact]
    public async Task Sync_OfNewMembers_CreatesThemWithEveryField_EM1()
    {
        await _world.With(Member(1, photo: "267")).SetAsync(Everyone);
        _world.ConnectWise.Photos[new(1)] = Png;

        var run = await _world.SyncAsync();

        var employee = Assert.Single(_world.Directory.Employees);
        Assert.Equal((RunState.Completed, 1, 1), (run.State, run.Report!.Stages[0].Created, run.Report.Writes));
        Assert.Equal("M1\nm1@example.com", employee.Fields[FieldKeys.EmployeeIds]);
        Assert.Equal(
            ("First1", "Last1", "m1@example.com", "true", "Employee"),
            (employee.Fields[FieldKeys.FirstName], employee.Fields[FieldKeys.LastName], employee.Fields[FieldKeys.Email], employee.Fields[FieldKeys.Active],
                employee.Fields[FieldKeys.Profile]));
        Assert.Equal(
            ("Tampa", "1", "Service", "2", "Engineer", "3", "2020-02-03"),
            (employee.Fields[FieldKeys.Location], employee.Fields[FieldKeys.LocationId], employee.Fields[FieldKeys.Team], employee.Fields[FieldKeys.TeamId],
                employee.Fields[FieldKeys.Position], employee.Fields[FieldKeys.PositionId], employee.Fields[FieldKeys.HireDate]));
        Assert.Equal("cw::employee:1", employee.ExternalKey);
        Assert.Equal("image/png", Assert.Single(_world.Directory.Pictures).Picture!.Picture.ContentType);
        Assert.Equal("m1@example.com", Assert.Single(_world.Sender.Sent).To);
        Assert.Equal((1, 1), (run.Report.Employees!.Invited, run.Report.Employees.Pictures));
    }

    [Fact]
    public async Task Forecast_OfTheFirstSyncAndTheNext_IsWhatItNeeds_PL8()
    {
        await _world.With(Member(1, photo: "267"), Member(2, photo: "268"), Member(3)).SetAsync(Everyone);
        _world.ConnectWise.PageSize = 2;

        var (first, second) = ((await _world.SyncAsync()).Report!, (await _world.SyncAsync()).Report!);

        // Where the API is, two counts, two pages, two pictures; then neither the first nor the last.
        Assert.Equal((7, 7), (first.Forecast!.Requests, first.ConnectWiseRequests));
        Assert.Equal((4, 4), (second.Forecast!.Requests, second.ConnectWiseRequests));
    }

    [Fact]
    public async Task Sync_Twice_WritesMailsAndMovesNothingTheSecondTime_EM7_EM10()
    {
        await _world.With(Member(1, photo: "1"), Member(2), Member(3, inactive: true)).SetAsync(Everyone with { Status = MemberStatus.All });
        _world.ConnectWise.Photos[new(1)] = Png;
        _world.Directory.Add("m2@example.com", "X\nM2");
        await _world.SyncAsync();
        var (writes, downloads) = (_world.Directory.Writes.Count, _world.ConnectWise.Downloads);

        var second = await _world.SyncAsync();

        Assert.Equal((RunState.Completed, 0, 3), (second.State, second.Report!.Writes, second.Report.Stages[0].Unchanged));
        Assert.Equal((writes, downloads, 1), (_world.Directory.Writes.Count, _world.ConnectWise.Downloads, _world.Directory.Pictures.Count));
        Assert.Equal(["m1@example.com"], _world.Sender.Sent.Select(mail => mail.To));
        Assert.Equal(2, _world.Directory.FullReads);
        Assert.All(await _world.LogAsync(second), line => Assert.Empty(line.Changes));
    }

    [Fact]
    public async Task Sync_OfALinkedMemberWithANewAddress_StaysLinkedAndKeepsForeignIds_EM5()
    {
        await _world.With(Member(1, email: "old@example.com")).SetAsync(Everyone);
        var employee = _world.Directory.Add("old@example.com", "HR-9\nM1");
        await _world.SyncAsync();

        await _world.With(Member(1, email: "new@example.com", updated: 1)).SyncAsync();

        var stored = Assert.Single(_world.Directory.Employees);
        Assert.Equal((employee.Id, "new@example.com"), (stored.Id, stored.Fields[FieldKeys.Email]));
        Assert.Equal("HR-9\nM1\nnew@example.com", stored.Fields[FieldKeys.EmployeeIds]);
    }

    [Fact]
    public async Task Sync_FieldChangedInTheDirectoryAlone_IsHeldAndReported_ME3()
    {
        await _world.With(Member(1)).SetAsync(Everyone);
        await _world.SyncAsync();
        _world.Directory.Employees[0].Fields[FieldKeys.Team] = "Sales";

        var run = await _world.SyncAsync();

        Assert.Equal("Sales", _world.Directory.Employees[0].Fields[FieldKeys.Team]);
        Assert.Equal(1, run.Report!.Employees!.Planned!.Drifted);
        Assert.Equal(("team", "drift"), (await _world.LineAsync(run, 1)).Changes.Select(change => (change.Field, change.Note)).Single());
    }

    [Fact]
    public async Task Sync_AcceptedAndNotApplied_IsToldByField()
    {
        await _world.With(Member(1)).SetAsync(Everyone);
        _world.Directory.Ignores.Add(FieldKeys.HireDate);

        var run = await _world.SyncAsync();
        var second = await _world.SyncAsync();

        Assert.Equal(1, run.Report!.Employees!.FieldsNotApplied[FieldKeys.HireDate]);
        Assert.Contains("hireDate", (await _world.LineAsync(run, 1)).Message, StringComparison.Ordinal);
        Assert.Equal(0, second.Report!.Writes);
    }

    [Fact]
    public async Task Sync_RefusedByTheDirectory_FailsAlone()
    {
        await _world.With(Member(1), Member(2)).SetAsync(Everyone);
        _world.Directory.Refuses.Add("m1@example.com");

        var run = await _world.SyncAsync();

        Assert.Equal((1, 1), (run.Report!.Stages[0].Failed, run.Report.Stages[0].Created));
        Assert.Equal("directory-refused", (await _world.LineAsync(run, 1)).Reason);
    }

    [Fact]
    public async Task Sync_OverExistingEmployee_BacksItUpFirst_ME7()
    {
        await _world.With(Member(1)).SetAsync(Everyone);
        _world.Directory.Add("m1@example.com", "M1", more: (FieldKeys.Team, "Before"));

        await _world.SyncAsync();

        Assert.Equal("Before", Assert.Single(_world.Backups.Records.Values.SelectMany(records => records)).Fields[FieldKeys.Team]);
    }

    [Fact]
    public async Task DryRun_WritesNothingAndSaysWhatItWould_EM8()
    {
        await _world.With(Member(1), Member(2, inactive: true)).SetAsync(Everyone);

        var run = await _world.SyncAsync(new EmployeeOrder { DryRun = true });

        Assert.Equal((RunState.Completed, 1, 1), (run.State, run.Report!.Stages[0].Created, run.Report.Stages[0].Skipped["member-not-active"]));
        Assert.Empty(_world.Directory.Writes);
        Assert.Empty(_world.Invitations.All);
        Assert.Null(await _world.LinkAsync(1));
        Assert.Equal(1, run.Report.Employees!.Planned!.Creations);
    }

    [Fact]
    public async Task Sync_OfOneMember_TouchesNobodyElse()
    {
        await _world.With(Member(1), Member(2)).SetAsync(Everyone);

        var run = await _world.SyncAsync(new EmployeeOrder { Member = new(2) });

        Assert.Equal("m2@example.com", Assert.Single(_world.Directory.Employees).Fields[FieldKeys.Email]);
        Assert.Equal((1, 1, 0), (run.Report!.Stages[0].Read, run.Report.Stages[0].Created, _world.Directory.FullReads));
    }

    [Fact]
    public async Task Sync_Members_InPages_AreAllDone()
    {
        _world.ConnectWise.PageSize = 10;
        await _world.With([.. Enumerable.Range(1, 25).Select(id => Member(id))]).SetAsync(Everyone);

        var run = await _world.SyncAsync();

        Assert.Equal((25, 25, 25), (run.Report!.Stages[0].Read, run.Report.Stages[0].Created, _world.Directory.Employees.Count));
        Assert.Equal(25, _world.Directory.Employees.Select(employee => employee.ExternalKey).Distinct().Count());
    }
}
