using CrmSync.Core.Employees;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Setup;
using CrmSync.Standalone.Client;
using CrmSync.Standalone.Commands;
using CrmSync.Standalone.Commands.Employees;
using CrmSync.Standalone.Console;
using Spectre.Console;

namespace CrmSync.Standalone.Demo;

/// <summary>The demo's employees: a directory that knows a few of the members, settings, a test, a sync, and the same sync again.</summary>
internal sealed class DemoEmployees(DemoStage stage, CommandContext context)
{
    private const int Known = 3;
    private const string Profile = "Employee";

    private static readonly DateTimeOffset Before = new(2024, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly IAnsiConsole _console = context.Terminal.Results;
    private readonly CancellationToken _cancellation = context.Interruptions.First;

    /// <summary>Syncs twice. Ends after the first sync where it did not succeed.</summary>
    public async Task<IReadOnlyList<Run>> RunAsync()
    {
        var seeded = await SeedAsync();
        _console.WriteLine($"Employees: the directory knew {seeded} of the members before; one of them has another employee id there.");
        var settings = new EmployeeSettings { Status = MemberStatus.Active, MemberTypes = null, Profile = Profile, Invitations = InvitationMode.Manually };
        await stage.Tenant.Employees.SaveAsync(new EmployeeForm { Settings = settings }, _cancellation);
        TestCommand.Write(_console, await stage.Tenant.Employees.TestAsync(null, _cancellation));
        await stage.Tenant.Employees.SaveAsync(new EmployeeForm { Settings = settings with { Enabled = true } }, _cancellation);
        _console.WriteLine();
        var first = await SyncAsync("Sync of the employees:");
        if (first.State != RunState.Completed)
        {
            return [first];
        }

        var second = await SyncAsync("The same sync again:");
        if (second.Report is { Writes: 0 })
        {
            _console.WriteLine("Nobody has changed, so nothing was written, and nobody was invited: that is");
            _console.WriteLine("done by hand (crmsync employees list --not-invited).");
        }

        return [first, second];
    }

    private async Task<Run> SyncAsync(string title)
    {
        _console.WriteLine(title);
        var started = await stage.Tenant.Employees.SyncAsync(dryRun: false, member: null, _cancellation);
        var run = await RunFollower.FollowAsync(stage.Tenant, started, context.Terminal, context.Interruptions, context.Time);
        ReportView.Write(_console, run);
        _console.WriteLine();
        return run;
    }

    // Those who were there before: all but the last by an equal address and id, the last by its address alone.
    private async Task<int> SeedAsync()
    {
        var members = (await stage.Tenant.MembersAsync(_cancellation))
            .Where(member => member is { Inactive: false, Email: not null }).Take(Known).ToList();
        var directory = stage.Directory;
        if (await directory.Browser.CountAsync(_cancellation) == 0)
        {
            await directory.Editor.SeedAsync(
                members.Select((member, i) => (EmployeeOf(member, i == members.Count - 1 ? $"HR-{member.Id}" : member.Identifier), Before)), _cancellation);
        }

        return members.Count;
    }

    private static FieldValues EmployeeOf(MemberView member, string employeeId)
    {
        var names = member.Name.Split(' ', 2);
        return new FieldValues
        {
            [FieldKeys.Email] = member.Email,
            [FieldKeys.EmployeeIds] = employeeId,
            [FieldKeys.FirstName] = names[0],
            [FieldKeys.LastName] = names[^1],
            [FieldKeys.Active] = "true",
        };
    }
}
