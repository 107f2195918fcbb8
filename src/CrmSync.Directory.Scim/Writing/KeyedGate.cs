namespace CrmSync.Scim.Writing;

/// <summary>Lets work on the same key happen one after the other; now and then also on different keys, as they share a few doors.</summary>
internal sealed class KeyedGate : IDisposable
{
    private readonly SemaphoreSlim[] _doors = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Waits for the key; whoever disposes the answer lets the next one in.</summary>
    public async Task<IDisposable> EnterAsync(string key, CancellationToken cancellation)
    {
        var door = _doors[(int)((uint)key.GetHashCode(StringComparison.Ordinal) % _doors.Length)];
        await door.WaitAsync(cancellation).ConfigureAwait(false);
        return new Stay(door);
    }

    public void Dispose()
    {
        foreach (var door in _doors)
        {
            door.Dispose();
        }
    }

    private sealed class Stay(SemaphoreSlim door) : IDisposable
    {
        public void Dispose() => door.Release();
    }
}
