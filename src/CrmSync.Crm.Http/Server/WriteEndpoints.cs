using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Core.Setup;
using CrmSync.Crm.Http.Contract;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrmSync.Crm.Http.Server;

/// <summary>What is written over the contract: each batch once, by the name that its sender gave it.</summary>
internal static class WriteEndpoints
{
    /// <summary>POST …/{entity}/records/write: 200 where all was done, 207 where a record was refused; either way a result for each.</summary>
    public static async Task<IResult> WriteAsync(string entity, HttpRequest request, CancellationToken cancellation)
    {
        if (ContractAddresses.EntityOf(entity) is not { } kind)
        {
            return Problems.EntityUnknown();
        }

        var served = request.Served();
        return await BatchAsync<WritesBody, CrmWrite>(request, served, Stages.NameOf(kind), body => body.Writes,
            (batch, body) => served.WriteOnceAsync(batch, kind, body.Writes, cancellation)).ConfigureAwait(false);
    }

    /// <summary>POST …/users/invitations.</summary>
    public static async Task<IResult> InviteAsync(HttpRequest request, CancellationToken cancellation)
    {
        var served = request.Served();
        return await BatchAsync<InvitationsBody, UserInvitation>(request, served, ContractAddresses.Invitations, body => body.Invitations,
            (batch, body) => served.InviteOnceAsync(batch, body.Invitations, cancellation)).ConfigureAwait(false);
    }

    private static async Task<IResult> BatchAsync<TBody, TItem>(
        HttpRequest request, IServedCrm served, string target, Func<TBody, IReadOnlyList<TItem>> items,
        Func<BatchName, TBody, Task<Result<IReadOnlyList<CrmWriteResult>>>> run)
        where TBody : class
    {
        if (request.Headers[ContractAddresses.IdempotencyKey] is not [{ Length: > 0 and <= ServerLimits.LongestIdempotencyKey } key])
        {
            return Problems.Invalid("idempotency-key-missing", "The call does not name its batch, or not in 1 to 200 characters.",
                "Give every batch a name of its own, and a repeated one the name it had.", ContractAddresses.IdempotencyKey);
        }

        var body = await RequestBody<TBody>.ReadAsync(request, items, served.Crm.Capabilities.BatchSize).ConfigureAwait(false);
        if (body.Refused is { } refused)
        {
            return refused;
        }

        var results = await run(new BatchName(key, body.Digest(target)), body.Value!).ConfigureAwait(false);
        return results.Succeeded ? Answer(results.Value) : Problems.Of(results.Refusal);
    }

    private static JsonHttpResult<ResultsBody> Answer(IReadOnlyList<CrmWriteResult> results) => TypedResults.Json(
        new ResultsBody(results), CoreJson.Options,
        statusCode: results.Any(result => result.Error is not null) ? StatusCodes.Status207MultiStatus : StatusCodes.Status200OK);
}
