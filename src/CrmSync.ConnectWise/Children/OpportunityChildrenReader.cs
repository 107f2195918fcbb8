using System.Collections.Concurrent;
using System.Text.Json;
using CrmSync.ConnectWise.Errors;
using CrmSync.ConnectWise.Http;
using CrmSync.ConnectWise.Paging;
using CrmSync.Core.Records;

namespace CrmSync.ConnectWise.Children;

/// <summary>
/// Reads forecasts and notes of many opportunities, bundled where the tenant offers bundles and one by one where it does not.
/// A sub-request that fails inside a bundle is asked again on its own, and delays no other.
/// </summary>
internal sealed class OpportunityChildrenReader(ApiClient api, ListReader lists)
{
    private static readonly string[] SizeWords = ["maximum", "exceed", "too many", "too large", "limit"];

    // Far from the time-out, and short enough that other requests are not kept from their turn.
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(10);

    private volatile int _bundleSize = api.Connection.BundleSize;
    private volatile bool _noBundles;

    /// <summary>Sub-requests that the site takes in one bundle, as far as is known.</summary>
    public int BundleSize => _bundleSize;

    /// <summary>Requests for one opportunity's two lists, on average.</summary>
    public double RequestsEach => 2.0 / (_noBundles ? 1 : _bundleSize);

    /// <summary>The children of each opportunity; one that has gone is left out.</summary>
    public async Task<IReadOnlyDictionary<ConnectWiseId, OpportunityChildren>> ReadAsync(
        IReadOnlyCollection<ConnectWiseId> opportunities, CancellationToken cancellation)
    {
        var found = new Collected();
        var requests = opportunities.Select(o => o.Value).Distinct()
            .SelectMany(id => new[] { new ChildRequest(id, ChildList.Forecast), new ChildRequest(id, ChildList.Notes) })
            .ToList();
        var options = new ParallelOptions { MaxDegreeOfParallelism = api.Connection.MaxConcurrency, CancellationToken = cancellation };
        await Parallel.ForEachAsync(requests.Chunk(_bundleSize), options, async (chunk, token) =>
            await ReadChunkAsync(chunk, found, token).ConfigureAwait(false)).ConfigureAwait(false);
        return found.Complete(opportunities);
    }

    private async Task ReadChunkAsync(IReadOnlyList<ChildRequest> requests, Collected found, CancellationToken cancellation)
    {
        var size = _bundleSize;
        if (_noBundles || size == 1)
        {
            foreach (var request in requests)
            {
                await ReadAloneAsync(request, found, cancellation).ConfigureAwait(false);
            }
        }
        else if (requests.Count > size)
        {
            foreach (var part in requests.Chunk(size))
            {
                await ReadChunkAsync(part, found, cancellation).ConfigureAwait(false);
            }
        }
        else if (!await TryBundleAsync(requests, found, cancellation).ConfigureAwait(false))
        {
            // The refusal has made the bundles smaller, or has ended them: this comes back at most a few times.
            await ReadChunkAsync(requests, found, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>False when the bundle was refused as such; size or availability have then been noted.</summary>
    private async Task<bool> TryBundleAsync(IReadOnlyList<ChildRequest> requests, Collected found, CancellationToken cancellation)
    {
        var call = new ApiCall { Method = HttpMethod.Post, Path = "system/bundles", Body = BundleWriter.Write(requests), Inspect = BundleAnswer.Inspect };
        var result = await api.SendAsync(call, cancellation).ConfigureAwait(false);
        if (result.Error is { } error)
        {
            if (!Learn(error, requests.Count))
            {
                throw error.ToException();
            }

            return false;
        }

        using var answer = result.OrThrow();
        if (answer.Duration > Slow)
        {
            _bundleSize = Math.Min(_bundleSize, Math.Max(1, requests.Count / 2));
        }

        using var document = JsonDocument.Parse(answer.Body);
        var outcomes = BundleAnswer.Read(document, requests.Count);
        for (var i = 0; i < outcomes.Length; i++)
        {
            switch (outcomes[i].Outcome)
            {
                case SubOutcome.Answered:
                    found.Add(requests[i], outcomes[i].Entities);
                    break;
                case SubOutcome.Gone:
                    found.Gone(requests[i].Opportunity);
                    break;
                case SubOutcome.AskAlone:
                    await ReadAloneAsync(requests[i], found, cancellation).ConfigureAwait(false);
                    break;
            }
        }

        return true;
    }

    /// <summary>Draws the conclusion from a refused bundle; false when the refusal has nothing to do with bundles.</summary>
    private bool Learn(ConnectWiseError error, int size)
    {
        if (size > 1 && (IsAboutSize(error) || error.Code == ConnectWiseError.NoAnswerInTime))
        {
            _bundleSize = Math.Min(_bundleSize, Math.Max(1, size / 2));
            Logs.BundleTooLarge(api.Logger, size, _bundleSize);
            return true;
        }

        if (error.Status is 400 or 403 or 404 or 405 or 501)
        {
            _noBundles = true;
            Logs.NoBundles(api.Logger);
            return true;
        }

        return false;
    }

    /// <summary>No refusal of a bundle's size is on record: taken are the standard status, the API's code for a range, and the words such a text must hold.</summary>
    private static bool IsAboutSize(ConnectWiseError error) => error.Status == 413
        || (error.Status == 400 && (SaysSize(error.Message) || error.Fields.Any(f => f.Code == "OutOfRange" || SaysSize(f.Message))));

    private static bool SaysSize(string text) => SizeWords.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    private async Task ReadAloneAsync(ChildRequest request, Collected found, CancellationToken cancellation)
    {
        var path = $"sales/opportunities/{request.Opportunity.ToString(System.Globalization.CultureInfo.InvariantCulture)}/";
        if (request.List == ChildList.Notes)
        {
            var notes = await lists.FindAllBelowAsync(path + "notes", cancellation).ConfigureAwait(false);
            found.AddNotes(request.Opportunity, notes);
            return;
        }

        var result = await api.SendAsync(new ApiCall { Path = path + "forecast" }, cancellation).ConfigureAwait(false);
        if (result.Error is { Category: ConnectWiseErrorCategory.NotFound, RouteUnknown: false })
        {
            found.Gone(request.Opportunity);
            return;
        }

        using var answer = result.OrThrow();
        using var document = JsonDocument.Parse(answer.Body);
        found.Add(request, document.RootElement);
    }

    /// <summary>What has been found so far, by any of the requests in flight.</summary>
    private sealed class Collected
    {
        private readonly ConcurrentDictionary<long, (IReadOnlyList<LineItem> Lines, decimal? Total)> _forecasts = new();
        private readonly ConcurrentDictionary<long, IReadOnlyList<NoteEntry>> _notes = new();
        private readonly ConcurrentDictionary<long, bool> _gone = new();

        public void Add(ChildRequest request, JsonElement entities)
        {
            if (request.List == ChildList.Forecast)
            {
                _forecasts[request.Opportunity] = ChildParser.Forecast(entities);
            }
            else
            {
                _notes[request.Opportunity] = ChildParser.Notes(ChildParser.Objects(entities));
            }
        }

        public void AddNotes(long opportunity, IReadOnlyList<JsonElement>? notes)
        {
            if (notes is null)
            {
                Gone(opportunity);
            }
            else
            {
                _notes[opportunity] = ChildParser.Notes(notes);
            }
        }

        public void Gone(long opportunity) => _gone[opportunity] = true;

        public Dictionary<ConnectWiseId, OpportunityChildren> Complete(IEnumerable<ConnectWiseId> opportunities)
        {
            var children = new Dictionary<ConnectWiseId, OpportunityChildren>();
            foreach (var id in opportunities)
            {
                if (!_gone.ContainsKey(id.Value) && _forecasts.TryGetValue(id.Value, out var forecast) && _notes.TryGetValue(id.Value, out var notes))
                {
                    children[id] = new OpportunityChildren { LineItems = forecast.Lines, Notes = notes, Total = forecast.Total };
                }
            }

            return children;
        }
    }
}
