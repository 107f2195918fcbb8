using System.Globalization;
using CrmSync.Core;
using CrmSync.Core.Matching;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Crm.Http.Contract;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrmSync.Crm.Http.Server;

/// <summary>What is read over the contract.</summary>
internal static class ReadEndpoints
{
    /// <summary>GET …/capabilities.</summary>
    public static IResult Capabilities(HttpRequest request)
    {
        var able = request.Served().Crm.Capabilities;
        return Ok(new CapabilitiesBody
        {
            Version = ContractAddresses.Version,
            UniqueExternalKey = able.UniqueExternalKey,
            Lists = able.Lists,
            LineItems = able.LineItems,
            Delete = able.Delete,
            ChangeFeed = able.ChangeFeed,
            BatchSize = able.BatchSize,
            WriteConcurrency = able.WriteConcurrency,
            BodyBytes = ServerLimits.BodyBytes,
        });
    }

    /// <summary>GET …/choices: roles, types, pipelines, lists.</summary>
    public static async Task<IResult> ChoicesAsync(HttpRequest request, CancellationToken cancellation) =>
        Ok(await request.Served().Crm.ReadChoicesAsync(cancellation).ConfigureAwait(false));

    /// <summary>GET …/{entity}/fields.</summary>
    public static async Task<IResult> FieldsAsync(string entity, HttpRequest request, CancellationToken cancellation) =>
        ContractAddresses.EntityOf(entity) is { } kind
            ? Ok(new FieldsBody(await request.Served().Crm.DescribeFieldsAsync(kind, cancellation).ConfigureAwait(false)))
            : Problems.EntityUnknown();

    /// <summary>GET …/{entity}/records: a page of all records.</summary>
    public static async Task<IResult> PageAsync(string entity, HttpRequest request, string? continuation, string? limit, CancellationToken cancellation)
    {
        if (ContractAddresses.EntityOf(entity) is not { } kind)
        {
            return Problems.EntityUnknown();
        }

        var served = request.Served();
        if (SizeOf(limit, served.Crm) is not { } size)
        {
            return Problems.LimitOutOfRange(served.Crm.Capabilities.BatchSize);
        }

        var page = await served.ReadPageAsync(kind, continuation, size, cancellation).ConfigureAwait(false);
        return page.Succeeded ? Ok(new PageBody(page.Value.Records, page.Value.Next)) : Problems.Of(page.Refusal);
    }

    /// <summary>GET …/{entity}/changes: a page of the change feed.</summary>
    public static async Task<IResult> ChangesAsync(string entity, HttpRequest request, string? since, string? limit, CancellationToken cancellation)
    {
        if (ContractAddresses.EntityOf(entity) is not { } kind)
        {
            return Problems.EntityUnknown();
        }

        var crm = request.Served().Crm;
        if (SizeOf(limit, crm) is not { } size)
        {
            return Problems.LimitOutOfRange(crm.Capabilities.BatchSize);
        }

        var page = await crm.ReadChangesAsync(kind, since, size, cancellation).ConfigureAwait(false);
        return page.Succeeded ? Ok(page.Value) : Problems.Of(page.Refusal);
    }

    /// <summary>POST …/{entity}/records/read: the records with these ids.</summary>
    public static async Task<IResult> ReadAsync(string entity, HttpRequest request, CancellationToken cancellation)
    {
        if (ContractAddresses.EntityOf(entity) is not { } kind)
        {
            return Problems.EntityUnknown();
        }

        var crm = request.Served().Crm;
        var body = await RequestBody<IdsBody>.ReadAsync(request, ids => ids.Ids, crm.Capabilities.BatchSize).ConfigureAwait(false);
        if (body.Refused is { } refused)
        {
            return refused;
        }

        var found = await crm.ReadAsync(kind, [.. body.Value!.Ids.Select(id => new CrmId(id))], cancellation).ConfigureAwait(false);
        return Ok(new RecordsBody([.. found.Values]));
    }

    /// <summary>POST …/{entity}/records/find: every record that may carry one of these keys.</summary>
    public static async Task<IResult> FindAsync(string entity, HttpRequest request, CancellationToken cancellation)
    {
        if (ContractAddresses.EntityOf(entity) is not { } kind)
        {
            return Problems.EntityUnknown();
        }

        var crm = request.Served().Crm;
        var body = await RequestBody<KeysBody>.ReadAsync(request, keys => keys.Keys, crm.Capabilities.BatchSize).ConfigureAwait(false);
        if (body.Refused is { } refused)
        {
            return refused;
        }

        var keys = body.Value!.Keys.Select(key => new MatchKey(key.Kind, key.Value)).ToList();
        return Ok(new RecordsBody(await crm.FindCandidatesAsync(kind, keys, cancellation).ConfigureAwait(false)));
    }

    // Null where it is no size of a page.
    private static int? SizeOf(string? limit, ICrm crm)
    {
        var most = crm.Capabilities.BatchSize;
        return limit is null ? most
            : int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked >= 1 && asked <= most ? asked
            : null;
    }

    private static JsonHttpResult<T> Ok<T>(T body) => TypedResults.Json(body, CoreJson.Options);
}
