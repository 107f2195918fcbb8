using Microsoft.Extensions.Logging;

namespace CrmSync.ConnectWise.Http;

/// <summary>The client's log events. They name endpoints, codes and counts; never a query (it may hold personal data) nor a credential.</summary>
internal static partial class Logs
{
    [LoggerMessage(1101, LogLevel.Warning, "ConnectWise {Endpoint}: {Category} {Code}; attempt {Attempt} is repeated after {Pause}")]
    public static partial void Repeating(ILogger logger, string endpoint, string category, string code, int attempt, TimeSpan pause);

    [LoggerMessage(1102, LogLevel.Warning, "ConnectWise {Endpoint} failed: {Category} {Status} {Code}, request {RequestId}")]
    public static partial void Failed(ILogger logger, string endpoint, string category, int? status, string code, string? requestId);

    [LoggerMessage(1103, LogLevel.Information, "ConnectWise limits requests: {Pause} pause, at most {Limit} at a time from here")]
    public static partial void Throttled(ILogger logger, TimeSpan pause, int limit);

    [LoggerMessage(1104, LogLevel.Information, "The company's API has moved to codebase {Codebase}")]
    public static partial void CodebaseMoved(ILogger logger, string codebase);

    [LoggerMessage(1105, LogLevel.Information, "This ConnectWise offers no bundles; opportunities' children are read one by one")]
    public static partial void NoBundles(ILogger logger);

    [LoggerMessage(1106, LogLevel.Information, "The site refused a bundle of {Size}; {Smaller} from here")]
    public static partial void BundleTooLarge(ILogger logger, int size, int smaller);
}
