using System.Diagnostics.CodeAnalysis;

namespace CrmSync.Core.Setup;

/// <summary>The address of a CRM: what tokens may be sent to.</summary>
public static class CrmAddress
{
    /// <summary>
    /// Reads an address. The contract's path is added to it, so it may have a path of its own, but no query; http is for this machine alone.
    /// </summary>
    /// <param name="text">What somebody typed.</param>
    /// <param name="address">The address, its path ending with a slash; null where it is refused.</param>
    /// <param name="problem">What is wrong with it, in words; empty where it is right.</param>
    /// <param name="whose">Whose address it is, in words.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Uri? address, out string problem, string whose = "The CRM's")
    {
        address = null;
        if (!Uri.TryCreate(text?.Trim(), UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http") || uri.Host.Length == 0)
        {
            problem = $"{whose} address is no web address.";
        }
        else if (uri.UserInfo.Length > 0)
        {
            problem = $"{whose} address must not contain a user name or password.";
        }
        else if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            problem = $"{whose} address must end with its path.";
        }
        else if (uri.Scheme == Uri.UriSchemeHttp && !uri.IsLoopback)
        {
            problem = $"{whose} address must use https, so that the token is never sent in the clear.";
        }
        else
        {
            address = new Uri(uri.AbsoluteUri.TrimEnd('/') + "/");
            problem = string.Empty;
        }

        return address is not null;
    }
}
