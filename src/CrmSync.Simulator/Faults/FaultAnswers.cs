using System.Text.Json;
using CrmSync.Simulator.Http;

namespace CrmSync.Simulator.Faults;

/// <summary>The answers that stand in for the right one.</summary>
internal static class FaultAnswers
{
    private const string GatewayPage =
        "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n";

    /// <summary>The answer of the fault, or null when the right answer is made first and then spoilt.</summary>
    public static ApiAnswer? For(FaultKind kind, FaultPlan plan) => kind switch
    {
        FaultKind.TooManyRequests => TooMany(plan.RetryAfterSeconds),
        FaultKind.Timeout => Error("A timeout has occured. Please try again.") with { Reason = "A timeout has occured. Please try again." },
        FaultKind.PoolTimeout => Error(
            "Timeout expired.  The timeout period elapsed prior to obtaining a connection from the pool.  This may have occurred because all pooled "
            + "connections were in use and max pool size was reached."),
        FaultKind.OpaqueError => Error("String was not recognized as a valid DateTime."),
        FaultKind.HtmlBadGateway => ApiAnswer.Text(502, GatewayPage, ApiAnswer.Html),
        FaultKind.HtmlSuccess => ApiAnswer.Text(200, GatewayPage, ApiAnswer.Html),
        FaultKind.TruncatedJson or FaultKind.ConnectionReset or FaultKind.Slow => null,
    };

    private static ApiAnswer TooMany(int seconds)
    {
        var body = new { error = "ConnectWiseAPI", message = $"Too many requests. Please try again in {seconds} seconds." };
        return new ApiAnswer(429, ApiAnswer.Json, JsonSerializer.SerializeToUtf8Bytes(body, JsonOptions.Relaxed)) { RetryAfter = seconds };
    }

    private static ApiAnswer Error(string message) => ApiAnswer.Error(500, "ConnectWiseApi", message);
}
