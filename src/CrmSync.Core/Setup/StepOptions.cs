using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Core.Setup;

/// <summary>What a step offers to choose from, read live from both sides (SU-9).</summary>
public sealed record StepOptions
{
    /// <summary>The step's name.</summary>
    public required string Step { get; init; }

    /// <summary>ConnectWise's choices; null for the connection.</summary>
    public ConnectWiseChoices? ConnectWise { get; init; }

    /// <summary>The CRM's choices, those of this step only; null for the connection.</summary>
    public CrmChoices? Crm { get; init; }

    /// <summary>Whether "No type" can be mapped: a null on ConnectWise's side stands for records without any type (SU-5).</summary>
    public bool NoType { get; init; }

    /// <summary>What an activity may become (SU-7); empty for every other step.</summary>
    public IReadOnlyList<ActivityKind> Kinds { get; init; } = [];

    /// <summary>For the connection: the countries whose phone numbers are known, by their two letters.</summary>
    public IReadOnlyList<string> Countries { get; init; } = [];

    /// <summary>For the connection: the most requests that may be under way at once.</summary>
    public int? HighestConcurrency { get; init; }
}

/// <summary>The fields that a step can map, read live from both sides.</summary>
public sealed record StepFields
{
    /// <summary>The step's name.</summary>
    public required string Step { get; init; }

    /// <summary>ConnectWise's fields, the customer's own included.</summary>
    public required IReadOnlyList<FieldDefinition> ConnectWise { get; init; }

    /// <summary>The CRM's fields, the customer's own included.</summary>
    public required IReadOnlyList<FieldDefinition> Crm { get; init; }

    /// <summary>The fields that flow now.</summary>
    public required IReadOnlyList<FieldMapping> Mapped { get; init; }

    /// <summary>The fields that flow where an administrator chooses none.</summary>
    public required IReadOnlyList<FieldMapping> Defaults { get; init; }
}
