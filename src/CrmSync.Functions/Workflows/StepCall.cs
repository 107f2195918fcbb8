using System.Text.Json;
using System.Text.Json.Serialization;
using CrmSync.Core;
using CrmSync.Core.Records;
using CrmSync.Core.Workflows;

namespace CrmSync.Functions.Workflows;

/// <summary>The input of the activity that runs a step.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Run">The run.</param>
/// <param name="Step">The step's name.</param>
/// <param name="Key">The key of its input.</param>
/// <param name="Input">Its input.</param>
/// <param name="Cancellable">Whether a cancellation of the run ends it: one that was called after the cancellation, to sum up, goes on.</param>
public sealed record StepCall(string Tenant, string Run, string Step, string Key, JsonElement Input, bool Cancellable)
{
    /// <summary>Where the step runs.</summary>
    internal StepContext Context(CancellationToken cancellation) => new(new TenantId(Tenant), new RunId(Run), cancellation);
}

/// <summary>How a step ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StepEnd>))]
public enum StepEnd
{
    /// <summary>With a result.</summary>
    Completed,

    /// <summary>With a failure.</summary>
    Failed,

    /// <summary>Because the run was cancelled.</summary>
    Cancelled,

    /// <summary>Because the host stops: nothing is known of it, and it runs again elsewhere.</summary>
    Interrupted,
}

/// <summary>What the activity answers. Failures are answers too, so that a replay gets the same ones.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Result">The step's result.</param>
/// <param name="Failure">Why it failed.</param>
/// <param name="Passing">Whether the failure may pass by itself.</param>
public sealed record StepOutcome(StepEnd End, JsonElement? Result = null, JsonElement? Failure = null, bool Passing = false)
{
    internal static StepOutcome Cancelled { get; } = new(StepEnd.Cancelled);

    internal static StepOutcome Interrupted { get; } = new(StepEnd.Interrupted);

    internal static StepOutcome Completed(string result) => new(StepEnd.Completed, Result: Element(result));

    internal static StepOutcome Failed(StepFailure failure, bool passing) =>
        new(StepEnd.Failed, Failure: JsonSerializer.SerializeToElement(failure, CoreJson.Options), Passing: passing);

    internal T ResultAs<T>() => Result!.Value.Deserialize<T>(CoreJson.Options)
        ?? throw new JsonException($"The step's result holds no {typeof(T).Name}.");

    internal StepFailure Told() => Failure!.Value.Deserialize<StepFailure>(CoreJson.Options)!;

    private static JsonElement Element(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
