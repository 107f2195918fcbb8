using CrmSync.Core.Ports;
using CrmSync.Core.Setup;
using CrmSync.Standalone.Client;
using CrmSync.Standalone.Commands;

namespace CrmSync.Standalone.Setup;

/// <summary>What became of one step of a set-up.</summary>
/// <param name="Step">Its name.</param>
/// <param name="Saved">Whether it was saved.</param>
/// <param name="Message">What else there is to say, or why it was refused; null for nothing.</param>
/// <param name="Remedy">What to do about it; null where it was saved.</param>
internal sealed record StepOutcome(string Step, bool Saved, string? Message = null, string? Remedy = null);

/// <summary>Saves a set-up step by step over the API, as an administrator does in a portal: test, options, choice, save.</summary>
/// <param name="tenant">Whose set-up.</param>
/// <param name="file">What to save.</param>
/// <param name="environment">Reads environment variables.</param>
internal sealed class SetupRunner(TenantClient tenant, SetupFile file, Func<string, string?> environment)
{
    /// <summary>Saves the steps that the file holds, and tells each as it comes. Ends with the first that is refused: it is told, and thrown.</summary>
    public async Task RunAsync(Action<StepOutcome> tell, CancellationToken cancellation)
    {
        foreach (var step in file.Steps)
        {
            try
            {
                tell(step == SetupStep.Connection ? await ConnectAsync(cancellation) : await SaveAsync(step, cancellation));
                if (step == SetupStep.Users && file.Invites)
                {
                    tell(await InviteAsync(cancellation));
                }
            }
            catch (Exception e) when (e is ApiException or CommandException or ConnectionFailedException)
            {
                tell(new StepOutcome(SetupSteps.NameOf(step), false, e.Message, RemedyOf(e)));
                throw;
            }
        }
    }

    private static string? RemedyOf(Exception exception) => exception switch
    {
        ApiException e => e.Problem.Remedy,
        CommandException e => e.Remedy,
        ConnectionFailedException e => e.Remedy,
        _ => null,
    };

    private async Task<StepOutcome> ConnectAsync(CancellationToken cancellation)
    {
        var form = file.Connection(environment);
        var test = await tenant.TestConnectionAsync(form, cancellation);
        if (test.Checks.FirstOrDefault(check => !check.Passed) is { } failed)
        {
            throw new ConnectionFailedException(failed);
        }

        await tenant.SaveStepAsync(SetupStep.Connection, form, cancellation);
        return new StepOutcome("connection", true, FormattableString.Invariant($"{test.Checks.Count} checks passed"));
    }

    private async Task<StepOutcome> SaveAsync(SetupStep step, CancellationToken cancellation)
    {
        var options = await tenant.OptionsAsync(step, cancellation);
        var view = await tenant.SaveStepAsync(step, new StepResolver(options).Resolve(step, file.StepOf(step)), cancellation);
        var linked = view.Users is { } users ? FormattableString.Invariant($"{users.Linked.Count + users.LinkedBefore} members linked") : null;
        return new StepOutcome(view.Step, true, linked);
    }

    private async Task<StepOutcome> InviteAsync(CancellationToken cancellation)
    {
        var members = await tenant.MembersAsync(cancellation);
        var wanted = members.Where(member => member is { Chosen: true, Inactive: false, State: MemberState.NotLinked, Email: not null })
            .Select(member => member.Id).ToList();
        var results = wanted.Count == 0 ? [] : await tenant.InviteAsync(wanted, cancellation);
        var invited = results.Count(result => result.Outcome == InvitationOutcome.Invited);
        var refused = results.Count(result => result.Outcome == InvitationOutcome.Refused);
        var others = refused == 0 ? string.Empty : FormattableString.Invariant($", {refused} not");
        return new StepOutcome("invitations", true, FormattableString.Invariant($"{invited} members invited{others}"));
    }
}

/// <summary>A check of the connection failed, so nothing was saved.</summary>
/// <param name="check">The first check that failed.</param>
internal sealed class ConnectionFailedException(ConnectionCheck check) : Exception($"{check.Subject}: {check.Cause}")
{
    /// <summary>What to do about it.</summary>
    public string Remedy { get; } = check.Remedy ?? "Check the connection's settings.";
}
