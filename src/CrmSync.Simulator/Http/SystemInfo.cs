using System.Text.Json;

namespace CrmSync.Simulator.Http;

/// <summary><c>/system/info</c> and <c>/login/companyinfo</c>.</summary>
internal sealed class SystemInfo(SimulatorOptions options)
{
    private static readonly string[] Origins = ["*.myconnectwise.net"];

    public ApiAnswer Answer() => Of(new
    {
        version = "v2025.1.10451",
        isCloud = options.IsCloud,
        serverTimeZone = "Eastern Standard Time",
        licenseBits = new[] { new { name = "PSA", activeFlag = true } },
        cloudRegion = options.IsCloud ? "NA" : "",
        maxWorkFlowRecordsAllowed = 200,
    });

    /// <summary>What a site tells anyone about a company: <c>null</c> about one it does not know.</summary>
    public ApiAnswer CompanyInfo(string company, string codebase, string site) =>
        !company.Equals(options.CompanyId, StringComparison.OrdinalIgnoreCase)
            ? ApiAnswer.Text(200, "null", ApiAnswer.Json)
            : Of(new
            {
                CompanyName = "Simulated MSP",
                Codebase = options.IsCloud ? codebase + "/" : "v4_6_release/",
                VersionCode = "v2025.1",
                VersionNumber = "v4.6.10451",
                CompanyID = options.CompanyId,
                options.IsCloud,
                SiteUrl = site,
                AllowedOrigins = Origins,
            });

    private static ApiAnswer Of<T>(T value) => new(200, ApiAnswer.Json, JsonSerializer.SerializeToUtf8Bytes(value, JsonOptions.Relaxed));
}
