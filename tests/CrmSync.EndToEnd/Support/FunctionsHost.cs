using CrmSync.Core.Records;
using CrmSync.Standalone.Client;

namespace CrmSync.EndToEnd.Support;

/// <summary>A Functions host that somebody has started, as the README says: its address and an operator's key stand in the environment.</summary>
internal static class FunctionsHost
{
    private const string UrlVariable = "CRMSYNC_FUNCTIONS_URL";
    private const string KeyVariable = "CRMSYNC_FUNCTIONS_KEY";

    /// <summary>Why there is none; null where there is.</summary>
    public static string? Missing { get; } = (Url, Key) is ({ Length: > 0 }, { Length: > 0 }) ? null
        : $"No Functions host: start one with src/CrmSync.Functions/local/start.mjs, and set {UrlVariable} and {KeyVariable}.";

    public static Uri Address => new(Url!.TrimEnd('/') + "/");

    public static string Operator => Key!;

    private static string? Url => Environment.GetEnvironmentVariable(UrlVariable);

    private static string? Key => Environment.GetEnvironmentVariable(KeyVariable);

    /// <summary>A tenant that nobody else uses.</summary>
    public static async Task<TenantClient> NewTenantAsync(ApiClient api) =>
        await Tenants.EnsureAsync(api, $"t{Guid.NewGuid():n}"[..16], "Test", CancellationToken.None);

    /// <summary>All links of a tenant as the API shows them, with the CRM's records by their names.</summary>
    public static async Task<string> LinksAsync(ApiClient api, TenantId tenant, CrmExport crm)
    {
        var lines = new List<string>();
        foreach (var entity in Enum.GetValues<Entity>())
        {
            for (ConnectWiseId? after = new(0); after is { } place;)
            {
                var page = await api.GetAsync<Api.Endpoints.LinkPage>(
                    $"api/tenants/{tenant}/links/{Core.Setup.Stages.NameOf(entity)}?limit=1000&after={place}", CancellationToken.None);
                lines.AddRange(page.Items.Select(link =>
                    $"{entity} {link.ConnectWise} {crm.NameOf(entity, link.Crm.Value)} {link.Type} {link.ConnectWiseUpdatedAt:O}"));
                after = page.After;
            }
        }

        return string.Join('\n', lines);
    }
}

/// <summary>A test that needs a Functions host; without one it is skipped, and says how to have one.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FunctionsFactAttribute : FactAttribute
{
    public FunctionsFactAttribute() => Skip = FunctionsHost.Missing;
}
