namespace CrmSync.Crm.Http.Server;

/// <summary>What the reference server takes.</summary>
internal static class ServerLimits
{
    /// <summary>The largest body: below what Kestrel takes by itself, and above a full batch of ordinary records by far.</summary>
    public const int BodyBytes = 16 * 1024 * 1024;

    public const int LongestIdempotencyKey = 200;
}
