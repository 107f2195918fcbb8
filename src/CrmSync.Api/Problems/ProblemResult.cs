using System.Text.Json;
using CrmSync.Core;
using Microsoft.AspNetCore.Http;

namespace CrmSync.Api.Problems;

/// <summary>Answers with a problem document.</summary>
public sealed class ProblemResult(ProblemDocument problem) : IResult, IStatusCodeHttpResult, IValueHttpResult
{
    /// <summary>The document.</summary>
    public ProblemDocument Problem { get; } = problem;

    int? IStatusCodeHttpResult.StatusCode => Problem.Status;

    object? IValueHttpResult.Value => Problem;

    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        httpContext.Response.StatusCode = Problem.Status;
        httpContext.Response.ContentType = ProblemDocument.MediaType;
        if (Problem.Status == StatusCodes.Status401Unauthorized)
        {
            httpContext.Response.Headers.WWWAuthenticate = "Bearer";
        }

        return httpContext.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(Problem, CoreJson.Options), httpContext.RequestAborted).AsTask();
    }
}
