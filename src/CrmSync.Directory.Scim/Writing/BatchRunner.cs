using CrmSync.Core.Ports;
using CrmSync.Scim.Mapping;
using CrmSync.Scim.Reading;

namespace CrmSync.Scim.Writing;

/// <summary>
/// Writes many employees, several at once, and answers each by itself. Writes of the same employee happen one after the other, in their order. Once the
/// directory refuses the token, or fails time and again, the rest is not tried any more.
/// </summary>
internal sealed class BatchRunner(
    ScimConnection connection, UserMapping mapping, UserFinder finder, KnownUsers known, Creation creation, Change change) : IDisposable
{
    /// <summary>Fewer creates than these are looked for one by one; for more, one full reading is cheaper.</summary>
    private const int ManyCreates = 10;

    /// <summary>So many failures of the directory with no answer in between are no accident.</summary>
    private const int MostFailures = 3;

    private readonly SemaphoreSlim _working = new(connection.Concurrency);
    private readonly KeyedGate _gate = new();

    /// <exception cref="DirectoryException">The directory does not answer, and none of the writes was answered.</exception>
    public async Task<IReadOnlyList<CrmWriteResult>> RunAsync(IReadOnlyList<CrmWrite> writes, CancellationToken cancellation)
    {
        var map = await mapping.GetAsync(cancellation).ConfigureAwait(false);
        await KnowAllAsync(writes.Count(write => write.Id is null), cancellation).ConfigureAwait(false);
        var batch = new Batch(new CrmWriteResult[writes.Count]);
        var lanes = writes.Select((write, place) => (write, place)).GroupBy(item => KeyOf(item.write, item.place));
        await Task.WhenAll(lanes.Select(async lane =>
        {
            foreach (var (write, place) in lane)
            {
                batch.Results[place] = WriteCheck.Problem(write, map.Targets) is { } problem
                    ? new CrmWriteResult { Error = problem }
                    : await OneAsync(batch, lane.Key, write, cancellation).ConfigureAwait(false);
            }
        })).ConfigureAwait(false);

        return batch is { LastFailure: { } failure, IsAnswered: false } ? throw failure : batch.Results;
    }

    public void Dispose()
    {
        _working.Dispose();
        _gate.Dispose();
    }

    private async Task<CrmWriteResult> OneAsync(Batch batch, string key, CrmWrite write, CancellationToken cancellation)
    {
        using var alone = await _gate.EnterAsync(key, cancellation).ConfigureAwait(false);
        await _working.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (batch.Failure is { } before)
            {
                return Failed(before);
            }

            var result = write.Id is { } id
                ? await change.RunAsync(id, write, cancellation).ConfigureAwait(false)
                : await creation.RunAsync(write, cancellation).ConfigureAwait(false);
            batch.Answered();
            return result;
        }
        catch (DirectoryException failure)
        {
            batch.Failed(failure);
            return Failed(failure);
        }
        finally
        {
            _working.Release();
        }
    }

    private async Task KnowAllAsync(int creates, CancellationToken cancellation)
    {
        if (creates == 0 || known.IsWhole)
        {
            return;
        }

        if (creates <= ManyCreates && await CanSearchAsync(cancellation).ConfigureAwait(false))
        {
            known.Forget();
            return;
        }

        using var alone = await _gate.EnterAsync("", cancellation).ConfigureAwait(false);
        if (!known.IsWhole)
        {
            await foreach (var _ in finder.ReadAllAsync(cancellation).ConfigureAwait(false))
            {
                // Only to be noted.
            }
        }
    }

    private async Task<bool> CanSearchAsync(CancellationToken cancellation) =>
        await finder.IsTrustedAsync(SearchAttribute.ExternalId, cancellation).ConfigureAwait(false)
        && await finder.IsTrustedAsync(SearchAttribute.UserName, cancellation).ConfigureAwait(false);

    private static CrmWriteResult Failed(DirectoryException failure) => new() { Error = new CrmError(failure.Code, failure.Message, failure.RetryHelps) };

    private static string KeyOf(CrmWrite write, int place) =>
        write.Id?.Value ?? write.ExternalKey ?? FormattableString.Invariant($"#{place}");

    private sealed class Batch(CrmWriteResult[] results)
    {
        private int _inARow;

        public CrmWriteResult[] Results { get; } = results;

        /// <summary>Why the directory as a whole does not answer; null as long as it does.</summary>
        public DirectoryException? Failure => LastFailure is { } last && (!last.RetryHelps || Volatile.Read(ref _inARow) >= MostFailures) ? last : null;

        public DirectoryException? LastFailure { get; private set; }

        public bool IsAnswered { get; private set; }

        public void Answered()
        {
            IsAnswered = true;
            Volatile.Write(ref _inARow, 0);
        }

        public void Failed(DirectoryException failure)
        {
            LastFailure = failure;
            Interlocked.Increment(ref _inARow);
        }
    }
}
