using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;

namespace CrmSync.Storage.Azure.Tests.Support;

/// <summary>Counts the requests to tables as they go out, every try of each: what is sent together in a transaction is one.</summary>
internal sealed class RequestCounter : HttpPipelineSynchronousPolicy
{
    private readonly ConcurrentDictionary<string, int> _requests = new(StringComparer.Ordinal);

    public int Total => _requests.Values.Sum();

    /// <summary>The requests by method and table.</summary>
    public IReadOnlyDictionary<string, int> ByKind => new SortedDictionary<string, int>(_requests, StringComparer.Ordinal);

    public void Reset() => _requests.Clear();

    public override void OnSendingRequest(HttpMessage message)
    {
        // A header that only requests to tables have. The path ends with the table, or with a row's key in brackets.
        if (message.Request.Headers.Contains("DataServiceVersion"))
        {
            var path = message.Request.Uri.Path;
            _requests.AddOrUpdate($"{message.Request.Method} {path[(path.LastIndexOf('/') + 1)..].Split('(')[0]}", 1, (_, count) => count + 1);
        }
    }
}
