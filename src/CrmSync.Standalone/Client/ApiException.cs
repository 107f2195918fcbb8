using CrmSync.Api.Problems;
using CrmSync.Standalone.Commands;

namespace CrmSync.Standalone.Client;

/// <summary>The server refused a call.</summary>
/// <param name="problem">Its own words.</param>
internal sealed class ApiException(ProblemDocument problem) : Exception(problem.Detail)
{
    /// <summary>The server's own words.</summary>
    public ProblemDocument Problem { get; } = problem;

    /// <summary>What the refusal means for a command's exit code.</summary>
    public int ExitCode => Problem.Status switch
    {
        409 => ExitCodes.RefusedByState,
        502 or 503 or 504 => ExitCodes.Unavailable,
        >= 500 => ExitCodes.Failed,
        _ => ExitCodes.WrongInput,
    };

    /// <summary>Further things that are wrong, beside the one that speaks.</summary>
    public IEnumerable<string> Others =>
        (Problem.Errors ?? new Dictionary<string, string>()).Where(error => error.Value != Problem.Detail).Select(error => $"{error.Key}: {error.Value}");

    /// <summary>A detail for programs, such as the running run's id; null for none.</summary>
    public string? Detail(string name) => Problem.Details?.TryGetValue(name, out var value) == true ? value?.ToString() : null;
}
