using Microsoft.Extensions.Logging;

namespace CrmSync.Api.Problems;

/// <summary>What the API writes to the log. Exceptions are named without their message, which may hold data (SU-11).</summary>
internal static partial class Logs
{
    [LoggerMessage(EventId = 500, Level = LogLevel.Error, Message = "Request {CorrelationId} failed: {Exception} {StackTrace}")]
    public static partial void Unexpected(this ILogger log, string correlationId, string exception, string stackTrace);
}
