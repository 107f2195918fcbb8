namespace CrmSync.Functions.Tests.Support;

/// <summary>Runs code with all that it sets off, on the caller's thread, as the orchestrations' own scheduler does.</summary>
internal sealed class Turns : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Code, object? State)> _waiting = new();

    public void Run(Action code)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        try
        {
            code();
            while (_waiting.TryDequeue(out var next))
            {
                next.Code(next.State);
            }
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }

    public override void Post(SendOrPostCallback d, object? state) => _waiting.Enqueue((d, state));

    public override SynchronizationContext CreateCopy() => this;
}
