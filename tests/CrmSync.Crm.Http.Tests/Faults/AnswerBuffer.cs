using Microsoft.AspNetCore.Http;

namespace CrmSync.Crm.Http.Tests.Faults;

/// <summary>Lets a call be done and keeps its answer back.</summary>
internal static class AnswerBuffer
{
    public static async Task<byte[]> RunAsync(HttpContext http, RequestDelegate next)
    {
        var line = http.Response.Body;
        using var buffer = new MemoryStream();
        http.Response.Body = buffer;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = line;
        }

        return buffer.ToArray();
    }
}
