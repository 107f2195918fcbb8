using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace CrmSync.Benchmarks;

/// <summary>The least that anybody can do who fills and reads a directory: creates whose answers are read as bytes, and pages that are counted.</summary>
internal sealed class DirectoryFloor : IDisposable
{
    private readonly HttpClient _http;
    private readonly int _pageSize;
    private int _requests;

    public DirectoryFloor(Uri address, int pageSize)
    {
        (_http, _pageSize) = (new HttpClient { BaseAddress = address }, pageSize);
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", DirectoryServer.Token);
    }

    public int Requests => _requests;

    public Task CreateAsync(int employees, int concurrency) => Parallel.ForEachAsync(
        Enumerable.Range(0, employees), new ParallelOptions { MaxDegreeOfParallelism = concurrency }, async (i, cancellation) =>
        {
            Interlocked.Increment(ref _requests);
            using var body = new StringContent(Body(i), Encoding.UTF8, "application/scim+json");
            using var answer = await _http.PostAsync(new Uri("Users", UriKind.Relative), body, cancellation);
            answer.EnsureSuccessStatusCode();
            await answer.Content.ReadAsByteArrayAsync(cancellation);
        });

    public async Task<int> ReadAsync()
    {
        var read = 0;
        for (var total = 1; read < total;)
        {
            _requests++;
            var query = string.Create(CultureInfo.InvariantCulture, $"Users?startIndex={read + 1}&count={_pageSize}&sortBy=id&sortOrder=ascending");
            using var page = JsonDocument.Parse(await _http.GetByteArrayAsync(new Uri(query, UriKind.Relative)));
            total = page.RootElement.GetProperty("totalResults").GetInt32();
            read += page.RootElement.GetProperty("Resources").GetArrayLength();
        }

        return read;
    }

    public void Dispose() => _http.Dispose();

    private static string Body(int i) => string.Create(CultureInfo.InvariantCulture, $$"""
        {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
        "externalId":"cw:acme:user:{{i}}","userName":"user{{i}}@example.org","displayName":"Jane Doe {{i}}",
        "name":{"givenName":"Jane","familyName":"Doe {{i}}"},"emails":[{"type":"work","value":"user{{i}}@example.org","primary":true}],
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
        {"employeeNumber":"User{{i}}","division":"Tampa Office","department":"Help Desk"},"title":"Engineer","active":true}
        """);
}
