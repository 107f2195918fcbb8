using CrmSync.Standalone.Console;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CrmSync.Standalone.Hosting;

/// <summary>What every web server of this process has.</summary>
internal static class WebHosts
{
    // The working folder may be where the data lies: not each of its writes is to be looked at for a change of settings that nobody reads.
    private static readonly string[] DoNotWatch = ["--hostBuilder:reloadConfigOnChange=false"];

    /// <summary>A builder of a server that listens at an address, with port 0 for any free one.</summary>
    public static WebApplicationBuilder MakeBuilder(string url, LogLines log)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = DoNotWatch });
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(log.Least).AddFilter("Microsoft", LogLevel.Error);
        builder.WebHost.UseUrls(url).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        return builder;
    }

    /// <summary>The address that a started server answers at.</summary>
    public static Uri BaseAddress(this WebApplication web) =>
        new(web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
}
