using Microsoft.Extensions.Logging;

namespace CrmSync.Crm.Http.Server;

/// <summary>What the server writes to the log. Exceptions are named without their message, which may hold data.</summary>
internal static partial class Logs
{
    [LoggerMessage(EventId = 1210, Level = LogLevel.Error, Message = "CRM contract: request {CorrelationId} failed: {Exception} {StackTrace}")]
    public static partial void Unexpected(this ILogger log, string correlationId, string exception, string stackTrace);
}
