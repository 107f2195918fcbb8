using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CrmSync.Crm.Http.Tests.Faults;

/// <summary>A CRM whose time runs out in the middle of a batch: the beginning is done, the rest is put off.</summary>
internal static class PartialBatch
{
    /// <summary>Lets a part of the batch be done, and answers the body for the whole of it.</summary>
    /// <param name="http">The call.</param>
    /// <param name="next">The CRM.</param>
    /// <param name="chance">A number from 0 to below the given one.</param>
    public static async Task<byte[]> DoBeginningAsync(HttpContext http, RequestDelegate next, Func<int, int> chance)
    {
        http.RequestAborted = CancellationToken.None;
        var asked = (await JsonNode.ParseAsync(http.Request.Body))!.AsObject();
        var (name, items) = asked.Select(member => (member.Key, member.Value!.AsArray())).Single();
        var done = chance(items.Count);
        var beginning = new JsonObject { [name] = new JsonArray([.. items.Take(done).Select(item => item!.DeepClone())]) };
        http.Request.Body = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(beginning.ToJsonString()));
        http.Request.ContentLength = http.Request.Body.Length;
        var answered = JsonNode.Parse(await AnswerBuffer.RunAsync(http, next))!;
        var results = answered["results"]!.AsArray();
        for (var i = done; i < items.Count; i++)
        {
            results.Add(JsonNode.Parse("""{"created":false,"error":{"code":"put-off","message":"Not now.","retryHelps":true}}"""));
        }

        return System.Text.Encoding.UTF8.GetBytes(answered.ToJsonString());
    }
}
