using System.Globalization;

namespace CrmSync.Standalone.Console;

/// <summary>Writes log entries as short lines: time, level, what happened. Exceptions by their type only, since a message may hold data.</summary>
/// <param name="writer">Where the lines go.</param>
/// <param name="least">The least level that is written.</param>
/// <param name="time">The clock.</param>
internal sealed class LogLines(TextWriter writer, LogLevel least, TimeProvider time) : ILoggerProvider
{
    private readonly Lock _writing = new();

    /// <summary>The least level that is written.</summary>
    public LogLevel Least { get; } = least;

    public ILogger CreateLogger(string categoryName) => new Logger(this);

    public void Dispose()
    {
        // The writer is its owner's.
    }

    private void Write(LogLevel level, string message, Exception? exception)
    {
        var name = level switch
        {
            LogLevel.Critical or LogLevel.Error => "error",
            LogLevel.Warning => "warn ",
            LogLevel.Information => "info ",
            _ => "debug",
        };
        var cause = exception is null ? string.Empty : $" ({exception.GetType().Name})";
        var line = string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():HH:mm:ss} {name} {message.ReplaceLineEndings(" ")}{cause}");
        lock (_writing)
        {
            writer.WriteLine(line);
            writer.Flush();
        }
    }

    private sealed class Logger(LogLines lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None && logLevel >= lines.Least;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                lines.Write(logLevel, formatter(state, exception), exception);
            }
        }
    }
}
