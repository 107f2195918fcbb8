using System.Text.Json;
using System.Text.Json.Serialization;
using CrmSync.Core;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;

namespace CrmSync.Functions.Workflows;

/// <summary>The input of the orchestration of a run.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Run">The run.</param>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="Input">Its input.</param>
public sealed record RunOrder(string Tenant, string Run, string Workflow, JsonElement Input)
{
    /// <summary>The name of a run's orchestration: a run has one, whoever starts it how often.</summary>
    internal static string InstanceOf(TenantId tenant, RunId run) => $"{tenant}.{run}";
}

/// <summary>The input of the activity that closes a run.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Run">The run.</param>
/// <param name="Ending">How it ended.</param>
public sealed record RunClosing(string Tenant, string Run, JsonElement Ending);

/// <summary>How a run ended.</summary>
/// <param name="State">The state.</param>
/// <param name="Failure">Why it failed; null where it did not.</param>
/// <param name="Progress">How far it came.</param>
internal sealed record RunEnding(RunState State, RunFailure? Failure, RunProgress Progress)
{
    public JsonElement ToElement() => JsonSerializer.SerializeToElement(this, CoreJson.Options);

    public static RunEnding From(JsonElement element) => element.Deserialize<RunEnding>(CoreJson.Options)!;
}

/// <summary>A run's progress as the orchestration's custom status. Written when the orchestration stops to wait, not at every report.</summary>
[JsonConverter(typeof(Converter))]
internal sealed record ProgressStatus(RunProgress Progress)
{
    /// <summary>The progress of a custom status; null where there is none.</summary>
    public static RunProgress? Read(string? status) =>
        string.IsNullOrEmpty(status) || status == "null" ? null : JsonSerializer.Deserialize<RunProgress>(status, CoreJson.Options);

    private sealed class Converter : JsonConverter<ProgressStatus>
    {
        public override ProgressStatus Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(JsonSerializer.Deserialize<RunProgress>(ref reader, CoreJson.Options)!);

        public override void Write(Utf8JsonWriter writer, ProgressStatus value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Progress, CoreJson.Options);
    }
}
