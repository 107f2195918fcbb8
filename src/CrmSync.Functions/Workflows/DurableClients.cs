using Microsoft.DurableTask.Client;

namespace CrmSync.Functions.Workflows;

/// <summary>The client for orchestrations that the host gave the trigger at work: it comes with a trigger, and services further in need it.</summary>
public sealed class DurableClients
{
    private readonly AsyncLocal<DurableTaskClient?> _current = new();

    /// <summary>The client; null where no trigger brought one.</summary>
    public DurableTaskClient? Current => _current.Value;

    /// <summary>The client.</summary>
    /// <exception cref="InvalidOperationException">No trigger brought one.</exception>
    public DurableTaskClient Required => Current ?? throw new InvalidOperationException("The trigger has no client for orchestrations.");

    /// <summary>From here on, within the caller's flow.</summary>
    public void Use(DurableTaskClient client) => _current.Value = client;
}
