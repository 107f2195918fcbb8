using PhoneNumbers;

namespace CrmSync.Core.Setup;

/// <summary>The connection as an administrator fills it in. The private key goes into the secret store and nowhere else (SU-11).</summary>
public sealed record ConnectionForm
{
    /// <summary>The most requests under way at once that may be asked for.</summary>
    public const int HighestConcurrency = 16;

    /// <summary>Host or address of the site, such as "na.myconnectwise.net".</summary>
    public string? Site { get; init; }

    /// <summary>The company id that members log in with.</summary>
    public string? Company { get; init; }

    /// <summary>The API member's public key.</summary>
    public string? PublicKey { get; init; }

    /// <summary>The API member's private key; null to keep the stored one, as long as site, company and public key stay the same.</summary>
    public string? PrivateKey { get; init; }

    /// <summary>The client id of this product, a GUID.</summary>
    public string? ClientId { get; init; }

    /// <summary>Two letters of the country whose phone numbers are written without a country code; null for "US".</summary>
    public string? DefaultCountry { get; init; }

    /// <summary>Most requests under way at once, 1 to 16; null for 4.</summary>
    public int? Concurrency { get; init; }

    /// <summary>The CRM on the other side; null for the built-in one.</summary>
    public CrmForm? Crm { get; init; }

    /// <summary>The countries that a connection may name.</summary>
    public static IReadOnlyList<string> Countries { get; } = [.. PhoneNumberUtil.GetInstance().GetSupportedRegions().Order(StringComparer.Ordinal)];

    /// <summary>What the form says as settings, without the key; meaningful only where <see cref="Problems"/> is empty.</summary>
    internal ConnectionSettings Settings()
    {
        var defaults = new ConnectionSettings { Site = Trimmed(Site), Company = Trimmed(Company), PublicKey = Trimmed(PublicKey), ClientId = Trimmed(ClientId) };
        return defaults with
        {
            DefaultCountry = DefaultCountry is null ? defaults.DefaultCountry : Trimmed(DefaultCountry).ToUpperInvariant(),
            Concurrency = Concurrency ?? defaults.Concurrency,
            Crm = Crm?.Settings(),
        };
    }

    /// <summary>What is wrong with the form by itself, whatever the site says to it.</summary>
    internal IEnumerable<SetupProblem> Problems()
    {
        foreach (var (value, name, field) in new[]
        {
            (Site, "The site", "/site"), (Company, "The company id", "/company"), (PublicKey, "The public key", "/publicKey"), (ClientId, "The client id", "/clientId"),
        })
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                yield return new("value-missing", $"{name} is missing.", "Fill it in.", field);
            }
            else if (Trimmed(value).Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
            {
                yield return new("value-invalid", $"{name} must not contain spaces or line breaks.", "Copy it again.", field);
            }
        }

        if (!string.IsNullOrWhiteSpace(Site) && SiteProblem(Trimmed(Site)) is { } problem)
        {
            yield return new("site-invalid", problem, "Give the host that members log in at, such as na.myconnectwise.net.", "/site");
        }

        if (!string.IsNullOrWhiteSpace(ClientId) && (!Guid.TryParseExact(Trimmed(ClientId), "D", out var id) || id == Guid.Empty))
        {
            yield return new("client-id-invalid", "The client id is no GUID.", "Copy it from developer.connectwise.com, in the form 00000000-0000-0000-0000-000000000000.", "/clientId");
        }

        if (PrivateKey is not null && (string.IsNullOrWhiteSpace(PrivateKey) || Trimmed(PrivateKey).Any(c => char.IsWhiteSpace(c) || char.IsControl(c))))
        {
            yield return new("value-invalid", "The private key must not be blank or contain spaces.", "Copy it again, or leave it out to keep the stored one.", "/privateKey");
        }

        if (DefaultCountry is not null && !Countries.Contains(Trimmed(DefaultCountry), StringComparer.OrdinalIgnoreCase))
        {
            yield return new("country-unknown", $"\"{DefaultCountry}\" is no country's two letters.", "Give the ISO code, such as US, CA, GB or AU.", "/defaultCountry");
        }

        if (Concurrency is < 1 or > HighestConcurrency)
        {
            yield return new("concurrency-out-of-range", $"The number of requests at once is {Concurrency}, not 1 to {HighestConcurrency}.", "Choose 1 to 16; 4 is a good start.", "/concurrency");
        }

        foreach (var crm in Crm?.Problems() ?? [])
        {
            yield return crm;
        }
    }

    private static string Trimmed(string? value) => (value ?? string.Empty).Trim();

    private static string? SiteProblem(string site)
    {
        var text = site.Contains("://", StringComparison.Ordinal) ? site : $"https://{site}";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.Scheme is not ("https" or "http"))
        {
            return "The site is no host name and no web address.";
        }

        if (uri.UserInfo.Length > 0)
        {
            return "The site must not contain a user name or password.";
        }

        return uri.Scheme == Uri.UriSchemeHttp && !uri.IsLoopback ? "The site must use https, so that keys are never sent in the clear." : null;
    }

    /// <summary>Site and company only: a form that ends up in a log by accident does not take its key along.</summary>
    public override string ToString() => $"Connection of {Company} at {Site}";
}
