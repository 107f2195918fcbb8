using System.Text;

namespace CrmSync.ConnectWise;

/// <summary>
/// How to reach one ConnectWise PSA account, and how hard to lean on it. <see cref="ToString"/> never shows the private key.
/// </summary>
/// <remarks>Source of the defaults: ConnectWise PSA Developer Guide; see the notes at each property.</remarks>
public sealed record ConnectWiseConnection
{
    /// <summary>Host or URL of the site, as an administrator knows it: <c>na.myconnectwise.net</c>, <c>https://psa.example.com</c>.</summary>
    /// <remarks>Cloud hosts get their <c>api-</c> prefix; <c>http://</c> is accepted for loopback addresses only.</remarks>
    public required string Site { get; init; }

    /// <summary>The company id typed at log-in.</summary>
    public required string CompanyId { get; init; }

    /// <summary>Public half of the API member's key pair.</summary>
    public required string PublicKey { get; init; }

    /// <summary>Private half of the API member's key pair. Never logged, never part of an error.</summary>
    public required string PrivateKey { get; init; }

    /// <summary>The product's own client id, sent with every call. It belongs to the vendor of the integration, not to the customer.</summary>
    public required Guid ClientId { get; init; }

    /// <summary>API version that the answers are pinned to.</summary>
    /// <value>Default: <c>2025.1</c>.</value>
    public string ApiVersion { get; init; } = "2025.1";

    /// <summary>Most requests in flight at any time.</summary>
    /// <value>Default: 4; twelve parallel workers were seen to trip the vendor's rate limit, four were not.</value>
    public int MaxConcurrency { get; init; } = 4;

    /// <summary>
    /// Whether other processes read for the same tenant at the same time. Each reading of pages then brings one request with it, so that
    /// <see cref="MaxConcurrency"/> holds over all processes for whoever hands out no more readings than that.
    /// </summary>
    public bool Shared { get; init; }

    /// <summary>Records asked for in one page.</summary>
    /// <value>Default: 1000, the vendor's maximum.</value>
    public int PageSize { get; init; } = 1000;

    /// <summary>Sub-requests put into one bundle; halved whenever the server refuses the size or is slow to answer it.</summary>
    /// <value>Default: 500.</value>
    public int BundleSize { get; init; } = 500;

    /// <summary>Time after which one attempt is given up, its body included.</summary>
    /// <value>Default: 60 seconds.</value>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Attempts made at one read before its error is returned.</summary>
    /// <value>Default: 8 (the vendor advises 5 to 10 for background work).</value>
    public int MaxAttempts { get; init; } = 8;

    /// <summary>Largest picture or document that is downloaded, in bytes.</summary>
    /// <value>Default: 10 MiB.</value>
    public int MaxDocumentBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>What is wrong with these values, in words; empty when they can be used. Says nothing about whether the site accepts them.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        if (!Discovery.SiteAddress.TryParse(Site, out _, out var siteProblem))
        {
            problems.Add(siteProblem);
        }

        AddIfUnusable(problems, CompanyId, "The company id");
        AddIfUnusable(problems, PublicKey, "The public key");
        AddIfUnusable(problems, PrivateKey, "The private key");
        if (ClientId == Guid.Empty)
        {
            problems.Add("The client id is missing.");
        }

        if (ApiVersion.Length == 0 || !ApiVersion.All(c => char.IsAsciiDigit(c) || c == '.'))
        {
            problems.Add("The API version must look like 2025.1.");
        }

        if (MaxConcurrency is < 1 or > 64)
        {
            problems.Add("The number of concurrent requests must be between 1 and 64.");
        }

        if (PageSize is < 1 or > 1000)
        {
            problems.Add("The page size must be between 1 and 1000.");
        }

        if (BundleSize < 1 || MaxAttempts < 1 || MaxDocumentBytes < 1 || RequestTimeout <= TimeSpan.Zero)
        {
            problems.Add("Bundle size, attempts, document size and request time-out must be positive.");
        }

        return problems;
    }

    /// <summary>Site and company only.</summary>
    public override string ToString() => $"ConnectWise {CompanyId} at {Site}";

    /// <summary>The Basic credentials: <c>company+public:private</c> in base64; the plus sign is literal (Developer Guide, authentication).</summary>
    internal string BasicCredentials() => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{CompanyId}+{PublicKey}:{PrivateKey}"));

    private static void AddIfUnusable(List<string> problems, string value, string name)
    {
        if (string.IsNullOrWhiteSpace(value) || value.Any(char.IsControl))
        {
            problems.Add($"{name} is missing.");
        }
    }
}
