using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CrmSync.Scim.Client;
using Microsoft.AspNetCore.Http;

namespace CrmSync.Scim.Tests.Servers;

/// <summary>The bodies that a server answers with.</summary>
internal static class ServerAnswers
{
    public static Task SendAsync(HttpContext http, int status, JsonObject body) => WriteAsync(http, status, "application/scim+json", ScimJson.Write(body));

    public static Task UserAsync(HttpContext http, int status, JsonObject user, ScimServerOptions options)
    {
        if (options.EtagSupported)
        {
            http.Response.Headers.ETag = user["meta"]!["version"]!.GetValue<string>();
        }

        return SendAsync(http, status, user);
    }

    /// <summary>An error in the server's own style.</summary>
    public static Task ErrorAsync(HttpContext http, int status, string? scimType, ScimServerOptions options)
    {
        var number = status.ToString(CultureInfo.InvariantCulture);
        return options.Errors switch
        {
            ErrorStyle.Scim or ErrorStyle.ScimWithNumber => SendAsync(http, status, new JsonObject
            {
                ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:Error"),
                ["status"] = options.Errors == ErrorStyle.Scim ? JsonValue.Create(number) : JsonValue.Create(status),
                ["scimType"] = scimType,
                ["detail"] = "No.",
            }),
            ErrorStyle.Problem => WriteAsync(http, status, "application/problem+json", Encoding.UTF8.GetBytes(
                $$"""{"type":"about:blank","title":"No.","status":{{number}},"scimType":"{{scimType}}"}""")),
            ErrorStyle.Html => WriteAsync(http, status, "text/html", "<html><title>Error</title></html>"u8.ToArray()),
            ErrorStyle.Text => WriteAsync(http, status, "text/plain", "System.Exception: No.\n   at Users.Write()"u8.ToArray()),
            ErrorStyle.Empty => WriteAsync(http, status, null, []),
        };
    }

    private static async Task WriteAsync(HttpContext http, int status, string? type, byte[] body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body);
    }
}
