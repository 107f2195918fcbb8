using System.Diagnostics.CodeAnalysis;

namespace CrmSync.ConnectWise.Discovery;

/// <summary>Turns what an administrator types as the site into the one origin that requests, and credentials, may go to.</summary>
internal static class SiteAddress
{
    private const string CloudDomain = ".myconnectwise.net";

    /// <summary>Reads a host or URL; whatever path follows the host is dropped, since the codebase is discovered.</summary>
    public static bool TryParse(string? site, [NotNullWhen(true)] out Uri? origin, out string problem)
    {
        origin = null;
        problem = "The site must be a host name or URL, such as na.myconnectwise.net.";
        var text = (site ?? "").Trim();
        if (text.Length == 0)
        {
            return false;
        }

        if (!text.Contains("://", StringComparison.Ordinal))
        {
            text = "https://" + text;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            return false;
        }

        if (uri.UserInfo.Length > 0)
        {
            problem = "The site must not contain a user name or password.";
            return false;
        }

        if (uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        {
            problem = "The site must use https, so that the keys are never sent in the clear.";
            return false;
        }

        origin = new UriBuilder(uri.Scheme, ApiHost(uri.Host), uri.IsDefaultPort ? -1 : uri.Port).Uri;
        problem = "";
        return true;
    }

    /// <summary>
    /// The API host of a cloud region's user interface. Without the prefix the cloud answers "SSL is required." (Developer Guide);
    /// sandbox, staging and self-hosted sites are called as they are.
    /// </summary>
    private static string ApiHost(string host)
    {
        if (!host.EndsWith(CloudDomain, StringComparison.OrdinalIgnoreCase))
        {
            return host;
        }

        return host[..^CloudDomain.Length].ToLowerInvariant() switch
        {
            "na" => "api-na" + CloudDomain,
            "eu" => "api-eu" + CloudDomain,
            "au" or "aus" => "api-au" + CloudDomain,
            "za" => "api-za" + CloudDomain,
            _ => host,
        };
    }
}
