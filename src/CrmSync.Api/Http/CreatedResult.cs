using System.Text.Json;
using CrmSync.Core;
using Microsoft.AspNetCore.Http;

namespace CrmSync.Api.Http;

/// <summary>Answers with something that was made, or is being made, and its address.</summary>
internal sealed class CreatedResult<T>(string location, T value, int status = StatusCodes.Status201Created) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        httpContext.Response.Headers.Location = location;
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        return httpContext.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(value, CoreJson.Options), httpContext.RequestAborted).AsTask();
    }
}
