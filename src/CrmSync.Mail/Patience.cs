namespace CrmSync.Mail;

/// <summary>
/// Ends a conversation when its time is over, or when the caller wants no more. While a message is offered the caller is not heard: whoever goes away then
/// would never know what became of it.
/// </summary>
internal sealed class Patience : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _caller;

    public Patience(TimeSpan first, TimeProvider time, Func<bool> isOffered, CancellationToken caller)
    {
        _source = new CancellationTokenSource(first, time);
        _caller = caller.Register(() =>
        {
            if (!isOffered())
            {
                _source.Cancel();
            }
        });
    }

    /// <summary>Ends what is waited for.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Gives what comes next a time of its own.</summary>
    public void Renew(TimeSpan next) => _source.CancelAfter(next);

    /// <inheritdoc />
    public void Dispose()
    {
        _caller.Dispose();
        _source.Dispose();
    }
}
