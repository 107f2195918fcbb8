using CrmSync.Core.Matching;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Crm.Http.Contract;

/// <summary>What the CRM can do, and how much it takes at once.</summary>
internal sealed record CapabilitiesBody
{
    /// <summary>The version of the contract that these routes keep.</summary>
    public required string Version { get; init; }

    public required bool UniqueExternalKey { get; init; }

    public required bool Lists { get; init; }

    public required bool LineItems { get; init; }

    public required bool Delete { get; init; }

    /// <summary>A CRM that does not say keeps no feed: the contract had none at first.</summary>
    public bool ChangeFeed { get; init; }

    /// <summary>Most writes, ids, match keys or invitations in one call, and most records on a page.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Most batches of writes under way at once.</summary>
    public required int WriteConcurrency { get; init; }

    /// <summary>The largest body that is taken, in bytes.</summary>
    public required int BodyBytes { get; init; }
}

/// <summary>The fields of an entity.</summary>
internal sealed record FieldsBody(IReadOnlyList<FieldDefinition> Fields);

/// <summary>A page of an entity's records.</summary>
internal sealed record PageBody(IReadOnlyList<CrmRecord> Records, string? Continuation = null);

/// <summary>The ids of records to read.</summary>
internal sealed record IdsBody(IReadOnlyList<string> Ids);

/// <summary>The keys by which to look for records.</summary>
internal sealed record KeysBody(IReadOnlyList<KeyBody> Keys);

/// <summary>A normalised value by which a record can be found.</summary>
internal sealed record KeyBody(MatchKind Kind, string Value);

/// <summary>Records that were asked for.</summary>
internal sealed record RecordsBody(IReadOnlyList<CrmRecord> Records);

/// <summary>A batch of writes.</summary>
internal sealed record WritesBody(IReadOnlyList<CrmWrite> Writes);

/// <summary>A batch of invitations.</summary>
internal sealed record InvitationsBody(IReadOnlyList<UserInvitation> Invitations);

/// <summary>What became of a batch, in its order.</summary>
internal sealed record ResultsBody(IReadOnlyList<CrmWriteResult> Results);
