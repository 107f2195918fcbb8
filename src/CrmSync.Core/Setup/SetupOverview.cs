namespace CrmSync.Core.Setup;

/// <summary>Where a step stands.</summary>
public enum StepState
{
    /// <summary>It was saved.</summary>
    Saved,

    /// <summary>It was not saved, and is the one to save now.</summary>
    Next,

    /// <summary>It was not saved, and another one comes first.</summary>
    Missing,
}

/// <summary>How far a tenant's set-up is (SU-1), and what in it no longer holds (SU-10).</summary>
public sealed record SetupOverview
{
    /// <summary>Grows by one with every save; 0 before the first.</summary>
    public required int Version { get; init; }

    /// <summary>Whether every step was saved.</summary>
    public required bool Complete { get; init; }

    /// <summary>The step to save now, by its name; null when all were saved.</summary>
    public string? Next { get; init; }

    /// <summary>The steps, in their order.</summary>
    public required IReadOnlyList<StepOverview> Steps { get; init; }

    /// <summary>The stages that were imported to the end at least once, by their names (IM-2).</summary>
    public required IReadOnlyList<string> Imported { get; init; }
}

/// <summary>Where one step stands.</summary>
public sealed record StepOverview
{
    /// <summary>The step's name.</summary>
    public required string Step { get; init; }

    /// <summary>Where it stands.</summary>
    public required StepState State { get; init; }

    /// <summary>What it refers to that is missing now; empty for a step that was not saved.</summary>
    public IReadOnlyList<SetupProblem> Problems { get; init; } = [];
}

/// <summary>Something in a step that cannot stay as it is.</summary>
/// <param name="Code">A stable word, such as "choice-unknown".</param>
/// <param name="Message">What is wrong, by name.</param>
/// <param name="Remedy">What to do about it.</param>
/// <param name="Field">Where it stands in the step's settings, as a JSON pointer; null where it is no single place.</param>
public sealed record SetupProblem(string Code, string Message, string Remedy, string? Field);

/// <summary>One step with what was saved in it. Never holds a secret (SU-11).</summary>
public sealed record StepView
{
    /// <summary>The step's name.</summary>
    public required string Step { get; init; }

    /// <summary>Where it stands.</summary>
    public required StepState State { get; init; }

    /// <summary>The version of the whole set-up.</summary>
    public required int Version { get; init; }

    /// <summary>What was saved, in the shape in which it is saved; null where it was not.</summary>
    public object? Settings { get; init; }

    /// <summary>The fields that flow now, the defaults where none were chosen; null for steps without fields.</summary>
    public IReadOnlyList<FieldMapping>? EffectiveFields { get; init; }

    /// <summary>For the connection: whether a private key is kept. The key itself is never shown.</summary>
    public bool? PrivateKeyStored { get; init; }

    /// <summary>For the connection to a CRM other than the built-in one: whether its token is kept. The token itself is never shown.</summary>
    public bool? CrmTokenStored { get; init; }

    /// <summary>For the users, right after they were saved: which members were linked (SU-3).</summary>
    public UserLinkReport? Users { get; init; }

    /// <summary>What it refers to that is missing now (SU-10).</summary>
    public IReadOnlyList<SetupProblem> Problems { get; init; } = [];
}
