using CrmSync.Core.Records;

namespace CrmSync.Core.Ports;

/// <summary>One of the two sides did not do what was asked, and retrying inside its connector did not help.</summary>
/// <param name="side">Which one.</param>
/// <param name="code">A stable word for the kind of failure.</param>
/// <param name="message">What happened, without anything secret.</param>
/// <param name="remedy">What an administrator can do.</param>
/// <param name="retryHelps">Whether asking again later may succeed without anybody doing anything.</param>
/// <param name="inner">The cause, where there is one.</param>
public abstract class SideException(Side side, string code, string message, string remedy, bool retryHelps, Exception? inner) : Exception(message, inner)
{
    /// <summary>Which side.</summary>
    public Side Side { get; } = side;

    /// <summary>A stable word for the kind of failure.</summary>
    public string Code { get; } = code;

    /// <summary>What an administrator can do.</summary>
    public string Remedy { get; } = remedy;

    /// <summary>Whether asking again later may succeed.</summary>
    public bool RetryHelps { get; } = retryHelps;
}
