using CrmSync.Core.Ports;
using Microsoft.Extensions.Logging;

namespace CrmSync.Mail;

/// <summary>The sender's log events. They name hosts, fates, codes and message ids; never an address, a name, a server's words or anything secret.</summary>
internal static partial class Logs
{
    [LoggerMessage(1501, LogLevel.Information, "{Host} has accepted the message {MessageId}.")]
    public static partial void Accepted(ILogger logger, string host, string messageId);

    [LoggerMessage(1502, LogLevel.Warning, "The message {MessageId} was not accepted by {Host}: {Fate} ({Kind} {Code}).")]
    public static partial void NotAccepted(ILogger logger, string host, string messageId, MailFate fate, string kind, int? code);

    [LoggerMessage(1503, LogLevel.Error, "Whether {Host} has accepted the message {MessageId} is unknown ({Kind}).")]
    public static partial void Unknown(ILogger logger, string host, string messageId, string kind);

    [LoggerMessage(1504, LogLevel.Information, "The test of {Host} failed ({Kind} {Code}).")]
    public static partial void TestFailed(ILogger logger, string host, string kind, int? code);
}
