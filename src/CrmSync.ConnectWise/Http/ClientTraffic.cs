namespace CrmSync.ConnectWise.Http;

/// <summary>What one client has sent and received since it was made.</summary>
public sealed record ClientTraffic
{
    /// <summary>Attempts sent, discovery and retries included.</summary>
    public required long Requests { get; init; }

    /// <summary>List pages accepted.</summary>
    public required long Pages { get; init; }

    /// <summary>Answers with status 429.</summary>
    public required long Throttled { get; init; }

    /// <summary>Attempts that repeated an earlier one.</summary>
    public required long Retries { get; init; }

    /// <summary>Bytes of bodies received, after decompression.</summary>
    public required long BytesReceived { get; init; }

    /// <summary>Requests that the site is allowed to get at the same time just now.</summary>
    public required int ConcurrencyLimit { get; init; }
}

/// <summary>Thread-safe counters behind <see cref="ClientTraffic"/>.</summary>
internal sealed class TrafficCounter
{
    private long _requests;
    private long _pages;
    private long _throttled;
    private long _retries;
    private long _bytes;

    public void Request() => Interlocked.Increment(ref _requests);

    public void Page() => Interlocked.Increment(ref _pages);

    public void Throttled() => Interlocked.Increment(ref _throttled);

    public void Retry() => Interlocked.Increment(ref _retries);

    public void Received(long bytes) => Interlocked.Add(ref _bytes, bytes);

    public ClientTraffic Read(int concurrencyLimit) => new()
    {
        Requests = Interlocked.Read(ref _requests),
        Pages = Interlocked.Read(ref _pages),
        Throttled = Interlocked.Read(ref _throttled),
        Retries = Interlocked.Read(ref _retries),
        BytesReceived = Interlocked.Read(ref _bytes),
        ConcurrencyLimit = concurrencyLimit,
    };
}
