using System.Text.Json.Nodes;
using CrmSync.Core.Ports;
using CrmSync.Scim.Client;
using CrmSync.Scim.Paths;

namespace CrmSync.Scim.Discovery;

/// <summary>
/// Asks a directory what it can do, once. What it does not offer, or not to this token, counts as unsaid; one that does not answer at all is a
/// failure, so that a passing fault never changes what CrmSync takes the directory for.
/// </summary>
internal sealed class ServerDiscovery(ScimClient client) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private volatile ServerProfile? _profile;

    /// <exception cref="DirectoryException">The directory does not answer.</exception>
    public async ValueTask<ServerProfile> ProfileAsync(CancellationToken cancellation)
    {
        if (_profile is { } known)
        {
            return known;
        }

        await _gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return _profile ??= await ReadAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<ServerProfile> ReadAsync(CancellationToken cancellation)
    {
        var configuration = await AskAsync("ServiceProviderConfig", cancellation).ConfigureAwait(false) as JsonObject;
        var types = await AskAsync("ResourceTypes", cancellation).ConfigureAwait(false);
        var schemas = await AskAsync("Schemas", cancellation).ConfigureAwait(false);
        return Make(configuration, UserType(types), schemas);
    }

    private async Task<JsonNode?> AskAsync(string resource, CancellationToken cancellation)
    {
        var answer = await client.SendAsync(ScimCall.Get(resource, resource) with { Tentative = true }, cancellation).ConfigureAwait(false);
        return answer.Succeeded ? answer.Body
            : IsUnsaid(answer.Fault) ? null
            : throw answer.Fault.ToException();
    }

    private static bool IsUnsaid(Fault fault) =>
        fault.Status is (>= 200 and < 500 and not (408 or 429)) or 500 or 501 || fault.Code == "directory-answer-broken";

    private static ServerProfile Make(JsonObject? configuration, JsonObject? type, JsonNode? schemas)
    {
        var extensions = (type?["schemaExtensions"] as JsonArray)?.OfType<JsonObject>()
            .Select(extension => ScimJson.Text(extension["schema"])).OfType<string>();
        var profile = new ServerProfile
        {
            UsersPath = UsersPath(ScimJson.Text(type?["endpoint"])),
            Schemas = SchemaCatalog.Read(schemas, extensions ?? []),
        };
        if (configuration is null)
        {
            return profile;
        }

        var pagination = configuration["pagination"] as JsonObject;
        var (cursor, index) = (ScimJson.Flag(pagination?["cursor"]) == true, ScimJson.Flag(pagination?["index"]));
        var most = ScimJson.Number(pagination?["maxPageSize"]) ?? ScimJson.Number((configuration["filter"] as JsonObject)?["maxResults"]);
        return profile with
        {
            Patch = Supported(configuration, "patch") ?? profile.Patch,
            Filter = Supported(configuration, "filter") ?? profile.Filter,
            Sort = Supported(configuration, "sort") ?? profile.Sort,
            Etag = Supported(configuration, "etag") ?? profile.Etag,
            Cursor = cursor && (index == false || ScimJson.Text(pagination?["defaultPaginationMethod"]) != "index"),
            PageSize = most is > 0 ? Math.Min(most.Value, ServerProfile.MostOnPage) : ServerProfile.DefaultPageSize,
        };
    }

    private static bool? Supported(JsonObject configuration, string feature) => ScimJson.Flag((configuration[feature] as JsonObject)?["supported"]);

    private static JsonObject? UserType(JsonNode? types)
    {
        var resources = types as JsonArray ?? (types as JsonObject)?["Resources"] as JsonArray;
        return resources?.OfType<JsonObject>().FirstOrDefault(type =>
            string.Equals(ScimJson.Text(type["schema"]), ScimPath.CoreSchema, StringComparison.OrdinalIgnoreCase)
            || string.Equals(ScimJson.Text(type["name"]), "User", StringComparison.OrdinalIgnoreCase));
    }

    // Only a plain path below the base is followed: an address elsewhere would get the token.
    private static string UsersPath(string? endpoint)
    {
        var path = endpoint?.Trim('/');
        return path is { Length: > 0 } && path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_') ? path : new ServerProfile().UsersPath;
    }
}
