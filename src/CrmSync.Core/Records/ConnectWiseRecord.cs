namespace CrmSync.Core.Records;

/// <summary>A record as ConnectWise showed it, in canonical form. References in its fields are ConnectWise ids.</summary>
public sealed class ConnectWiseRecord
{
    /// <summary>Its id.</summary>
    public required ConnectWiseId Id { get; init; }

    /// <summary>When it was last changed, whole seconds of ConnectWise's clock; null where the answer did not say.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Inactive or deleted, by the record's own flags. A company's status may also make it inactive.</summary>
    public bool Inactive { get; init; }

    /// <summary>The ids of its types, in ConnectWise's order; empty for none.</summary>
    public IReadOnlyList<long> TypeIds { get; init; } = [];

    /// <summary>The id of its status (companies, opportunities).</summary>
    public long? StatusId { get; init; }

    /// <summary>The id of its stage (opportunities).</summary>
    public long? StageId { get; init; }

    /// <summary>The id of its category (catalog items).</summary>
    public long? CategoryId { get; init; }

    /// <summary>The id of its billing cycle (recurring catalog items); null for what is billed once.</summary>
    public long? BillingCycleId { get; init; }

    /// <summary>The fields that were asked for.</summary>
    public required FieldValues Fields { get; init; }

    /// <summary>The record that a reference field points to; null where it is blank.</summary>
    public ConnectWiseId? Reference(string key) => ConnectWiseId.TryParse(Fields[key]);
}

/// <summary>A ConnectWise member, as far as linking it to a user needs.</summary>
public sealed record ConnectWiseMember
{
    /// <summary>Its id.</summary>
    public required ConnectWiseId Id { get; init; }

    /// <summary>Its login name.</summary>
    public required string Identifier { get; init; }

    /// <summary>Its full name.</summary>
    public required string Name { get; init; }

    /// <summary>Its primary e-mail address, or the one that its default names; null for none.</summary>
    public string? Email { get; init; }

    /// <summary>The id of its member type; null for none.</summary>
    public long? TypeId { get; init; }

    /// <summary>Whether it has left.</summary>
    public bool Inactive { get; init; }
}

/// <summary>What hangs below an opportunity and is read on its own.</summary>
public sealed record OpportunityChildren
{
    /// <summary>The lines of its forecast.</summary>
    public required IReadOnlyList<LineItem> LineItems { get; init; }

    /// <summary>Its notes.</summary>
    public required IReadOnlyList<NoteEntry> Notes { get; init; }

    /// <summary>The forecast's revenue total; null where ConnectWise shows none.</summary>
    public decimal? Total { get; init; }
}
