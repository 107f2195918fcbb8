using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Core.Setup;

/// <summary>What both sides offer for one entity at this moment (SU-9).</summary>
internal sealed record LiveSides
{
    public required ConnectWiseChoices ConnectWise { get; init; }

    public required CrmChoices Crm { get; init; }

    public required CrmCapabilities Capabilities { get; init; }

    public IReadOnlyList<FieldDefinition> ConnectWiseFields { get; init; } = [];

    public IReadOnlyList<FieldDefinition> CrmFields { get; init; } = [];

    /// <summary>Reads both sides at once; the fields only where somebody wants them, since they cost requests of their own.</summary>
    public static async Task<LiveSides> ReadAsync(ISystems systems, TenantId tenant, Entity entity, bool fields, CancellationToken cancellation)
    {
        var connectWise = await systems.ConnectWiseAsync(tenant, cancellation).ConfigureAwait(false);
        var crm = await systems.CrmAsync(tenant, cancellation).ConfigureAwait(false);
        var theirs = connectWise.ReadChoicesAsync(entity, cancellation);
        var ours = crm.ReadChoicesAsync(cancellation);
        var theirFields = fields ? connectWise.DescribeFieldsAsync(entity, cancellation) : Task.FromResult<IReadOnlyList<FieldDefinition>>([]);
        var ourFields = fields ? crm.DescribeFieldsAsync(entity, cancellation) : Task.FromResult<IReadOnlyList<FieldDefinition>>([]);
        await Task.WhenAll(theirs, ours, theirFields, ourFields).ConfigureAwait(false);
        return new LiveSides
        {
            ConnectWise = await theirs.ConfigureAwait(false),
            Crm = await ours.ConfigureAwait(false),
            Capabilities = crm.Capabilities,
            ConnectWiseFields = await theirFields.ConfigureAwait(false),
            CrmFields = await ourFields.ConfigureAwait(false),
        };
    }
}
