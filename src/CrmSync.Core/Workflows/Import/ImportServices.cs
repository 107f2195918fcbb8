using CrmSync.Core.Planning;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Core.Workflows.Import;

/// <summary>The ports that the steps of an import work with.</summary>
/// <param name="Systems">Both sides.</param>
/// <param name="Setups">The tenants' set-up.</param>
/// <param name="Links">Links and snapshots.</param>
/// <param name="Runs">Runs and their parts.</param>
/// <param name="Backups">What was overwritten.</param>
/// <param name="Time">The clock.</param>
public sealed record ImportServices(
    ISystems Systems, ISetupStore Setups, ILinkStore Links, IRunStore Runs, IBackupStore Backups, TimeProvider Time)
{
    /// <summary>The part under which a run's settings stand.</summary>
    internal static PartName SettingsPart { get; } = new(PartKind.Settings, Entity.User, 0);

    private static PartName InactiveStatusesPart { get; } = new(PartKind.Settings, Entity.Company, 0);

    /// <summary>The settings that the run began with.</summary>
    internal async Task<RunSettings> SettingsAsync(StepContext context) =>
        await Runs.ReadValueAsync<RunSettings>(context, SettingsPart).ConfigureAwait(false)
        ?? throw new InvalidOperationException($"The run {context.Run} has no settings.");

    /// <summary>The company statuses that make a company inactive (IM-4), the same for the whole run: kept when they are first asked for.</summary>
    internal async Task<IReadOnlyList<long>> InactiveStatusesAsync(StepContext context)
    {
        if (await Runs.ReadValueAsync<IReadOnlyList<long>>(context, InactiveStatusesPart).ConfigureAwait(false) is { } kept)
        {
            return kept;
        }

        var connectWise = await Systems.ConnectWiseAsync(context.Tenant, context.Cancellation).ConfigureAwait(false);
        var statuses = await connectWise.ReadInactiveCompanyStatusesAsync(context.Cancellation).ConfigureAwait(false);
        await Runs.WriteValueAsync(context, InactiveStatusesPart, statuses).ConfigureAwait(false);
        return statuses;
    }

    /// <summary>One stage of a run, with both sides open and the mapping ready.</summary>
    internal async Task<StageContext> StageAsync(StepContext context, Entity stage)
    {
        var settings = await SettingsAsync(context).ConfigureAwait(false);
        var crm = await Systems.CrmAsync(context.Tenant, context.Cancellation).ConfigureAwait(false);
        var fields = await crm.DescribeFieldsAsync(stage, context.Cancellation).ConfigureAwait(false);
        var inactive = stage == Entity.Company ? await InactiveStatusesAsync(context).ConfigureAwait(false) : [];
        return new StageContext(context, new EntityMapping(stage, settings.Setup, fields), [.. inactive],
            await Systems.ConnectWiseAsync(context.Tenant, context.Cancellation).ConfigureAwait(false), crm);
    }
}

/// <summary>One stage of a run as a step sees it.</summary>
internal sealed record StageContext(StepContext Step, EntityMapping Mapping, HashSet<long> InactiveStatuses, IConnectWise ConnectWise, ICrm Crm)
{
    public TenantId Tenant => Step.Tenant;

    public RunId Run => Step.Run;

    public Entity Stage => Mapping.Entity;

    public CancellationToken Cancellation => Step.Cancellation;

    /// <summary>IM-4: a company is inactive by its own flag or by its status; the others by their own flag.</summary>
    public bool IsInactive(ConnectWiseRecord record) =>
        Stage is (Entity.Company or Entity.Contact or Entity.Solution)
        && (record.Inactive || (Stage == Entity.Company && record.StatusId is { } status && InactiveStatuses.Contains(status)));
}
