using Azure.Core;
using Azure.Core.Pipeline;

namespace CrmSync.Storage.Azure.Tests.Support;

/// <summary>Does something ahead of the first request that fits: another writer comes in between, or this one dies.</summary>
internal sealed class BeforeRequest(Func<Request, bool> fits, Func<Task> act) : HttpPipelinePolicy
{
    private int _done;

    /// <summary>A row of a table that is written on its own.</summary>
    public static bool IsRowWrite(Request request) => request.Method != RequestMethod.Get && request.Uri.Path.Contains('(', StringComparison.Ordinal);

    /// <summary>A transaction.</summary>
    public static bool IsTransaction(Request request) => request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal);

    /// <summary>A blob that is read.</summary>
    public static bool IsBlobRead(Request request) =>
        request.Method == RequestMethod.Get && request.Uri.Path.Contains("/links/", StringComparison.Ordinal);

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (fits(message.Request) && Interlocked.Exchange(ref _done, 1) == 0)
        {
            await act();
        }

        await ProcessNextAsync(message, pipeline);
    }
}
