using System.Text.Json;
using CrmSync.Crm.Http.Contract;

namespace CrmSync.Crm.Http.Client;

/// <summary>Makes the bytes of an answer, or the fault that stands in their place, of what came back.</summary>
internal sealed class AnswerReader(HttpCrmConnection connection, TimeProvider time)
{
    /// <summary>An error page longer than this says nothing more.</summary>
    private const int MostErrorBytes = 1024 * 1024;

    private const int LongestText = 400;

    public async Task<(ReadOnlyMemory<byte> Body, Fault? Fault)> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var most = response.IsSuccessStatusCode ? connection.MaxAnswerBytes : Math.Min(MostErrorBytes, connection.MaxAnswerBytes);
        var body = await AnswerBody.ReadAsync(response.Content, most, cancellation).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            return (default, Refused(response, body ?? default));
        }

        var type = response.Content.Headers.ContentType?.MediaType ?? "no content type";
        return body is not { } whole ? (default, Faults.TooLarge())
            : type == "application/json" ? (whole, null)
            : (default, Faults.NotContract((int)response.StatusCode, Masked(type), retryHelps: true));
    }

    /// <summary>The connection could not be made, or broke.</summary>
    public Fault Broken(Exception failure)
    {
        var why = Masked(failure.InnerException?.Message ?? failure.Message);
        return failure is HttpIOException or InvalidDataException || (failure is HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded })
            ? Faults.Broken(why) : Faults.Unreachable(why);
    }

    private Fault Refused(HttpResponseMessage response, ReadOnlyMemory<byte> body)
    {
        var status = (int)response.StatusCode;
        var problem = Problem(response, body);
        var words = problem is null ? "without words of the contract" : Masked($"{problem.Code}: {problem.Detail}");
        var pause = RetryAfter.Read(response.Headers, time.GetUtcNow());
        return status switch
        {
            >= 300 and < 400 => Faults.Moved(status),
            401 or 403 => Faults.Unauthorized(status, words),
            404 when problem?.Code == ContractProblem.VersionUnknown => Faults.OtherVersion([.. (problem.Versions ?? []).Select(Masked)]),
            404 or 405 => Faults.NotContract(status, problem is null ? "no such address" : words, retryHelps: false),
            429 => Faults.Throttled(words, pause),
            501 or 505 => Faults.Refused(status, words),
            408 or >= 500 => Faults.Unavailable(status, words, pause),
            _ => Faults.Refused(status, words),
        };
    }

    private static ContractProblem? Problem(HttpResponseMessage response, ReadOnlyMemory<byte> body)
    {
        if (response.Content.Headers.ContentType?.MediaType != ContractProblem.MediaType)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<ContractProblem>(body.Span, ContractJson.Tolerant);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // A proxy's page or a careless server may well quote the request.
    private string Masked(string text)
    {
        var line = string.Join(' ', text.Replace(connection.Token, "***", StringComparison.Ordinal)
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= LongestText ? line : string.Concat(line.AsSpan(0, LongestText), "…");
    }
}
