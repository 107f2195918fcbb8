namespace CrmSync.Standalone.Commands;

/// <summary>A command ends here, with one message and a remedy.</summary>
/// <param name="exitCode">One of <see cref="ExitCodes"/>.</param>
/// <param name="message">What is wrong.</param>
/// <param name="remedy">What to do about it.</param>
internal sealed class CommandException(int exitCode, string message, string remedy) : Exception(message)
{
    /// <summary>One of <see cref="ExitCodes"/>.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>What to do about it.</summary>
    public string Remedy { get; } = remedy;
}
