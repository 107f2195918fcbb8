using CrmSync.Core;
using CrmSync.Standalone.Console;

namespace CrmSync.Standalone.Commands;

/// <summary>What every command works with.</summary>
internal sealed record CommandContext
{
    /// <summary>Where it speaks.</summary>
    public required Terminal Terminal { get; init; }

    /// <summary>Ctrl-C, and the end of the process.</summary>
    public required Interruptions Interruptions { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Reads environment variables.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Whether log lines are wanted.</summary>
    public bool Verbose { get; init; }

    /// <summary>Whether a machine reads the output.</summary>
    public bool Json { get; init; }

    /// <summary>Where log lines go: warnings only, unless more is wanted.</summary>
    public LogLines Log() => new(Terminal.Error, Verbose ? LogLevel.Debug : LogLevel.Error, Time);

    /// <summary>Writes a value as one line of JSON.</summary>
    public void WriteJson<T>(T value) => Terminal.Output.WriteLine(CoreJson.Serialize(value));
}
