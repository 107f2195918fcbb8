using System.Text.Json.Serialization;

namespace CrmSync.Api.Problems;

/// <summary>What every answer with a status of 400 or more holds (RFC 9457), as <c>application/problem+json</c>.</summary>
public sealed record ProblemDocument
{
    /// <summary>The media type.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>What kind of problem it is: "/problems/" and the code. Stable.</summary>
    public required string Type { get; init; }

    /// <summary>The kind in words. The same for every problem of the kind.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>What is wrong this time, in words an administrator understands.</summary>
    public required string Detail { get; init; }

    /// <summary>A stable word for the kind of problem.</summary>
    public required string Code { get; init; }

    /// <summary>What to do about it.</summary>
    public required string Remedy { get; init; }

    /// <summary>The field that is wrong: a JSON pointer into the body, or the name of a parameter.</summary>
    public string? Field { get; init; }

    /// <summary>Everything that is wrong with the body, by JSON pointer.</summary>
    public IReadOnlyDictionary<string, string>? Errors { get; init; }

    /// <summary>What to name to support, so that they find the log of it.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>What a program needs to go on: the missing step, the running run's id, …</summary>
    [JsonExtensionData]
    public IDictionary<string, object?>? Details { get; init; }
}
