namespace CrmSync.Crm.Http.Contract;

/// <summary>What every answer with a status of 400 or more holds (RFC 9457), as <c>application/problem+json</c>.</summary>
internal sealed record ContractProblem
{
    public const string MediaType = "application/problem+json";

    /// <summary>The code of a version that the CRM does not speak.</summary>
    public const string VersionUnknown = "version-unknown";

    /// <summary>"/problems/" and the code.</summary>
    public required string Type { get; init; }

    /// <summary>The kind of problem in words.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>What is wrong this time.</summary>
    public required string Detail { get; init; }

    /// <summary>A stable word for the kind.</summary>
    public required string Code { get; init; }

    /// <summary>What to do about it.</summary>
    public required string Remedy { get; init; }

    /// <summary>What is wrong: a JSON path into the body, or the name of a parameter or header.</summary>
    public string? Field { get; init; }

    /// <summary>For an unknown version: those that there are.</summary>
    public IReadOnlyList<string>? Versions { get; init; }

    /// <summary>For a failure inside: what to name to support, so that they find the log of it.</summary>
    public string? CorrelationId { get; init; }
}
