using Microsoft.Extensions.Logging;

namespace CrmSync.Scim.Client;

/// <summary>The connector's log events. They name resources, attributes, codes and counts; never a token, an id or a value.</summary>
internal static partial class Logs
{
    [LoggerMessage(1401, LogLevel.Warning, "Directory {Method} {Resource}: {Status} {Code}; attempt {Attempt} is repeated after {Pause}")]
    public static partial void Repeating(ILogger logger, string method, string resource, int? status, string code, int attempt, TimeSpan pause);

    [LoggerMessage(1402, LogLevel.Warning, "Directory {Method} {Resource} failed: {Status} {Code}")]
    public static partial void Failed(ILogger logger, string method, string resource, int? status, string code);

    [LoggerMessage(1403, LogLevel.Information, "The directory does not filter by {Attribute}; it is matched over a full reading")]
    public static partial void NotFilterable(ILogger logger, string attribute);

    [LoggerMessage(1404, LogLevel.Information, "The directory changed while it was read; reading {Reading} begins anew")]
    public static partial void ReadingAgain(ILogger logger, int reading);

    [LoggerMessage(1405, LogLevel.Warning, "The outcome of a create is unknown ({Code}); it is looked for before it is sent again")]
    public static partial void OutcomeUnknown(ILogger logger, string code);

    [LoggerMessage(1406, LogLevel.Warning, "The directory accepted a write and did not apply {Fields}")]
    public static partial void NotApplied(ILogger logger, string fields);

    [LoggerMessage(1407, LogLevel.Warning, "The throw-away employee of the test could not be removed: {Code}")]
    public static partial void ProbeStays(ILogger logger, string code);
}
