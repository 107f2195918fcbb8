using Microsoft.Extensions.Logging;

namespace CrmSync.Crm.Http.Client;

/// <summary>The client's log events. They name paths, codes and counts; never a token, an id or a value.</summary>
internal static partial class Logs
{
    [LoggerMessage(1201, LogLevel.Warning, "CRM {Path}: {Status} {Code}; attempt {Attempt} is repeated after {Pause}")]
    public static partial void Repeating(ILogger logger, string path, int? status, string code, int attempt, TimeSpan pause);

    [LoggerMessage(1202, LogLevel.Warning, "CRM {Path} failed: {Status} {Code}")]
    public static partial void Failed(ILogger logger, string path, int? status, string code);
}
