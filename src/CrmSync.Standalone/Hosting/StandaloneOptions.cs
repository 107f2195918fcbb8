using CrmSync.Standalone.Console;

namespace CrmSync.Standalone.Hosting;

/// <summary>What the one-process host is started with.</summary>
internal sealed record StandaloneOptions
{
    /// <summary>Name of the environment variable whose key opens everything, beside the keys that are stored.</summary>
    public const string OperatorKeyVariable = "CRMSYNC_OPERATOR_KEY";

    /// <summary>Name of the environment variable that says at which address this server answers for everybody, for signed addresses of pictures.</summary>
    public const string PublicAddressVariable = "CRMSYNC_PUBLIC_ADDRESS";

    /// <summary>The folder of the data directory unless another is named.</summary>
    public const string DefaultDataDirectory = ".crmsync";

    /// <summary>Where everything is kept; made where it is missing.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The address to listen at; port 0 for any free one.</summary>
    public string Url { get; init; } = "http://127.0.0.1:0";

    /// <summary>Whether runs that were interrupted go on.</summary>
    public bool ResumesRuns { get; init; } = true;

    /// <summary>Whether daily runs are started when they are due; a process that is there for one command only starts no work of its own.</summary>
    public bool StartsDailyRuns { get; init; } = true;

    /// <summary>Where log lines go.</summary>
    public required LogLines Log { get; init; }

    /// <summary>The operator's key from the environment; null for none.</summary>
    public string? OperatorKey { get; init; } = Environment.GetEnvironmentVariable(OperatorKeyVariable);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
