using System.Text;
using CrmSync.Core.Ports;

namespace CrmSync.Core.Workflows;

/// <summary>Parts of a run that hold one value as JSON.</summary>
internal static class JsonParts
{
    /// <summary>Stores a value as a part, in place of the one that was there.</summary>
    public static Task WriteValueAsync<T>(this IRunStore runs, StepContext step, PartName part, T value) =>
        runs.WritePartAsync(step.Tenant, step.Run, part, Encoding.UTF8.GetBytes(CoreJson.Serialize(value)), step.Cancellation);

    /// <summary>The value of a part; null where there is none.</summary>
    public static async Task<T?> ReadValueAsync<T>(this IRunStore runs, StepContext step, PartName part)
        where T : class
    {
        using var content = await runs.ReadPartAsync(step.Tenant, step.Run, part, step.Cancellation).ConfigureAwait(false);
        return content is null ? null : CoreJson.Deserialize<T>(Encoding.UTF8.GetString(content.Memory.Span));
    }
}
