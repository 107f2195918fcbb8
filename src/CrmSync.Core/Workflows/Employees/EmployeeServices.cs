using CrmSync.Core.Employees;
using CrmSync.Core.Planning;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Workflows.Import;

namespace CrmSync.Core.Workflows.Employees;

/// <summary>The ports that the steps of an employee sync work with.</summary>
/// <param name="Systems">Both sides.</param>
/// <param name="Setups">The tenants' set-up.</param>
/// <param name="Secrets">The mail servers' passwords.</param>
/// <param name="Links">Links and snapshots.</param>
/// <param name="Runs">Runs and their parts.</param>
/// <param name="Backups">What was overwritten.</param>
/// <param name="Mail">Invitations.</param>
/// <param name="Pictures">Pictures.</param>
/// <param name="Time">The clock.</param>
public sealed record EmployeeServices(
    ISystems Systems, ISetupStore Setups, ISecretStore Secrets, ILinkStore Links, IRunStore Runs, IBackupStore Backups, InvitationParts Mail,
    PictureParts Pictures, TimeProvider Time)
{
    internal static PartName SettingsPart { get; } = new(PartKind.Settings, Entity.Employee, 0);

    /// <summary>What the run began with.</summary>
    internal async Task<EmployeeRun> RunAsync(StepContext context) =>
        await Runs.ReadValueAsync<EmployeeRun>(context, SettingsPart).ConfigureAwait(false)
        ?? throw new InvalidOperationException($"The run {context.Run} has no settings.");

    /// <summary>The members of each page that was read, in the order of the pages.</summary>
    internal async Task<IReadOnlyList<(int Page, IReadOnlyList<ConnectWiseRecord> Members)>> MembersAsync(StepContext context)
    {
        var connectWise = await Systems.ConnectWiseAsync(context.Tenant, context.Cancellation).ConfigureAwait(false);
        var pages = new List<(int, IReadOnlyList<ConnectWiseRecord>)>();
        foreach (var part in await Runs.ListPartsAsync(context.Tenant, context.Run, PartKind.Observation, context.Cancellation).ConfigureAwait(false))
        {
            using var content = await Runs.ReadPartAsync(context.Tenant, context.Run, part, context.Cancellation).ConfigureAwait(false);
            pages.Add((part.Number, connectWise.Parse(Entity.Employee, content!.Memory, EmployeeFields.OfMember)));
        }

        return pages;
    }

    /// <summary>The lines of a run's plan, by their members.</summary>
    internal async Task<IReadOnlyDictionary<ConnectWiseId, PlanLine>> PlanOfAsync(TenantId tenant, RunId run, CancellationToken cancellation)
    {
        var lines = new Dictionary<ConnectWiseId, PlanLine>();
        foreach (var part in await Runs.ListPartsAsync(tenant, run, PartKind.Plan, cancellation).ConfigureAwait(false))
        {
            using var content = await Runs.ReadPartAsync(tenant, run, part, cancellation).ConfigureAwait(false);
            foreach (var line in JsonLines.Read<PlanLine>(content!.Memory))
            {
                lines[line.Entry.Id] = line;
            }
        }

        return lines;
    }

    internal Task WriteAsync(StepContext context, PartKind kind, int number, ReadOnlyMemory<byte> content) =>
        Runs.WritePartAsync(context.Tenant, context.Run, new PartName(kind, Entity.Employee, number), content, context.Cancellation);

    internal async Task WriteAsync<T>(StepContext context, PartKind kind, int number, IReadOnlyCollection<T> lines)
    {
        using var content = JsonLines.Write(lines);
        await WriteAsync(context, kind, number, content.Memory).ConfigureAwait(false);
    }

    /// <summary>The number of the plan and the results of a page.</summary>
    internal static int PlanOf(int page) => PartNumbers.OfPlan(page, claimed: false);
}

/// <summary>What invitations need.</summary>
/// <param name="Store">Who was invited.</param>
/// <param name="Sender">Sends them.</param>
/// <param name="NewToken">Makes one-time tokens that nobody guesses.</param>
public sealed record InvitationParts(IInvitationStore Store, IInvitationSender Sender, Func<InvitationToken> NewToken);

/// <summary>What pictures need.</summary>
/// <param name="Store">Where they are kept.</param>
/// <param name="Addresses">Where they are served.</param>
public sealed record PictureParts(IPictureStore Store, PictureAddresses Addresses);
