using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Core.Planning;

/// <summary>Where the records that others point to are, or will be once the plan is applied.</summary>
public sealed class References
{
    private const string PlannedPrefix = "planned:";
    private readonly Dictionary<(Entity, ConnectWiseId), LinkTarget> _targets = [];

    /// <summary>Adds what is known of an entity.</summary>
    public void Add(Entity entity, IReadOnlyDictionary<ConnectWiseId, LinkTarget> targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        _targets.EnsureCapacity(_targets.Count + targets.Count);
        foreach (var (id, target) in targets)
        {
            _targets.TryAdd((entity, id), target);
        }
    }

    /// <summary>Where a record is; null where it neither is in the CRM nor will be.</summary>
    public LinkTarget? Find(Entity entity, ConnectWiseId? id) =>
        id is { } known && _targets.TryGetValue((entity, known), out var target) ? target : null;

    /// <summary>
    /// The value of a reference field in the CRM: the target's id, or "planned:{ConnectWise id}" for one that the same run is going to create;
    /// null where it is nowhere.
    /// </summary>
    public string? ValueOf(Entity entity, ConnectWiseId? id) => Find(entity, id) switch
    {
        null => null,
        { Crm: { } crm } => crm.Value,
        _ => PlannedPrefix + id!.Value,
    };

    /// <summary>The ConnectWise record that a planned reference stands for; null for any other value.</summary>
    public static ConnectWiseId? Planned(string? value) =>
        value is not null && value.StartsWith(PlannedPrefix, StringComparison.Ordinal) ? ConnectWiseId.TryParse(value.AsSpan(PlannedPrefix.Length)) : null;
}
