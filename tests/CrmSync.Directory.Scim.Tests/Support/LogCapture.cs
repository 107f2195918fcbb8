using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CrmSync.Scim.Tests.Support;

/// <summary>Keeps every line and every value that was logged.</summary>
internal sealed class LogCapture : ILogger<ScimDirectory>
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyList<string> Lines => [.. _lines];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs.Select(p => $"{p.Key}={p.Value}")) : "";
        _lines.Enqueue($"{eventId.Id} {formatter(state, exception)} {values} {exception}");
    }
}
