using CrmSync.Core.Employees;
using Microsoft.Extensions.Configuration;

namespace CrmSync.Functions.Hosting;

/// <summary>Where the app answers for everybody: by its setting, or by the name that the platform gave it.</summary>
internal static class PublicAddressSetting
{
    private const string Setting = "CrmSync:PublicAddress";
    private const string PlatformName = "WEBSITE_HOSTNAME";

    public static PublicAddress Read(IConfiguration configuration)
    {
        var text = configuration[Setting] is { Length: > 0 } set ? set
            : configuration[PlatformName] is { Length: > 0 } name && !name.StartsWith("localhost", StringComparison.OrdinalIgnoreCase)
            ? $"https://{name}" : null;
        return new PublicAddress(text is null ? null : new Uri(text.TrimEnd('/') + "/", UriKind.Absolute));
    }
}
