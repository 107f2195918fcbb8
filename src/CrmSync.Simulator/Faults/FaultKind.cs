namespace CrmSync.Simulator.Faults;

/// <summary>What can go wrong with one request.</summary>
public enum FaultKind
{
    /// <summary>429 with <c>Retry-After</c>, and the body that says <c>error</c> where others say <c>code</c>.</summary>
    TooManyRequests,

    /// <summary>500 "A timeout has occured. Please try again."</summary>
    Timeout,

    /// <summary>500 "Timeout expired. …" of the connection pool.</summary>
    PoolTimeout,

    /// <summary>500 "String was not recognized as a valid DateTime."</summary>
    OpaqueError,

    /// <summary>502 with a proxy's HTML page.</summary>
    HtmlBadGateway,

    /// <summary>200 with a proxy's HTML page.</summary>
    HtmlSuccess,

    /// <summary>200 with the first half of the right answer.</summary>
    TruncatedJson,

    /// <summary>The connection breaks in the middle of the right answer.</summary>
    ConnectionReset,

    /// <summary>The right answer, late by <see cref="FaultPlan.SlowBy"/>.</summary>
    Slow,
}
