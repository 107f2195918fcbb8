using Azure.Core;
using Azure.Core.Pipeline;

namespace CrmSync.Storage.Azure.Tests.Support;

/// <summary>Loses the answers of some requests after the service has done what they ask: what the client sees is a broken connection.</summary>
/// <param name="loses">Whether to lose the answer of a request; asked once for each try.</param>
internal sealed class LostAnswers(Func<Request, bool> loses) : HttpPipelinePolicy
{
    private int _lost;

    /// <summary>How many answers were lost.</summary>
    public int Lost => _lost;

    /// <summary>Loses the first answer of each kind of write, by method and address, and then no more.</summary>
    public static LostAnswers FirstOfEachWrite()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return new LostAnswers(request =>
        {
            lock (seen)
            {
                return request.Method != RequestMethod.Get && seen.Add($"{request.Method} {request.Uri.Path}");
            }
        });
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var lost = loses(message.Request);
        await ProcessNextAsync(message, pipeline);
        if (lost)
        {
            Interlocked.Increment(ref _lost);
            throw new IOException("The answer was lost.");
        }
    }
}
