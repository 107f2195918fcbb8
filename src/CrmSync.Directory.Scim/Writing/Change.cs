using System.Text.Json.Nodes;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Scim.Client;
using CrmSync.Scim.Discovery;
using CrmSync.Scim.Mapping;
using CrmSync.Scim.Reading;

namespace CrmSync.Scim.Writing;

/// <summary>
/// Changes employees: reads each, sends what differs and no more, and reads back. Where the outcome of a change is unknown, or the user changed meanwhile,
/// it begins with the reading again, so that nothing is done twice.
/// </summary>
internal sealed class Change(ScimClient client, ServerDiscovery discovery, UserMapping mapping, UserFinder finder, KnownUsers known)
{
    private const int MostAttempts = 6;

    /// <summary>Changes the written fields of an employee, and gives it the external key.</summary>
    /// <exception cref="DirectoryException">The directory does not answer.</exception>
    public async Task<CrmWriteResult> RunAsync(CrmId id, CrmWrite write, CancellationToken cancellation)
    {
        var map = await mapping.GetAsync(cancellation).ConfigureAwait(false);
        if (write.ExternalKey is { } key && await HolderAsync(id, key, cancellation).ConfigureAwait(false) is { } holder)
        {
            return new CrmWriteResult { Error = new CrmError("external-key-taken", $"The external key belongs to \"{holder}\".", false) };
        }

        var result = await ApplyAsync(id, user => map.Writer.Changes(user, write), cancellation).ConfigureAwait(false);
        if (result.User is null)
        {
            return new CrmWriteResult { Error = result.Error };
        }

        if (map.Writer.NotApplied(result.User, write.Fields).ToList() is { Count: > 0 } fields)
        {
            Logs.NotApplied(client.Logger, string.Join(", ", fields));
        }

        return new CrmWriteResult { Id = id, Stored = map.Writer.Stored(result.User, write.Fields) };
    }

    /// <summary>Applies changes to a user: what it is afterwards, or why not.</summary>
    /// <param name="id">The user.</param>
    /// <param name="changes">What to change in the user as it stands.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="DirectoryException">The directory does not answer.</exception>
    public async Task<(JsonObject? User, CrmError? Error)> ApplyAsync(
        CrmId id, Func<JsonObject, IReadOnlyList<PathChange>> changes, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await finder.ReadAsync(id, cancellation).ConfigureAwait(false) is not var (user, version))
            {
                return (null, new CrmError("record-missing", $"There is no employee \"{id}\".", false));
            }

            var wanted = changes(user);
            if (wanted.Count == 0)
            {
                return (user, null);
            }

            var answer = await SendAsync(id, user, version, wanted, cancellation).ConfigureAwait(false);
            if (answer.Fault is not { } fault)
            {
                var after = IsWhole(answer.Object, id) ? answer.Object : (await finder.ReadAsync(id, cancellation).ConfigureAwait(false))?.User;
                if (after is not null)
                {
                    known.Add(after);
                }

                return after is not null ? (after, null) : (null, new CrmError("record-missing", $"The employee \"{id}\" has gone.", false));
            }

            if (attempt == MostAttempts || !(fault.Status == 412 || (fault.RetryHelps && fault.MaybeDone)) || (fault.Status == 412 && attempt > 1))
            {
                return fault.IsGeneral ? throw fault.ToException() : (null, fault.ToError());
            }

            if (fault.Status != 412)
            {
                await client.PauseAsync(RetryPipeline.Pause(fault, attempt, 0.5), cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task<ScimAnswer> SendAsync(CrmId id, JsonObject user, string? version, IReadOnlyList<PathChange> changes, CancellationToken cancellation)
    {
        var profile = await discovery.ProfileAsync(cancellation).ConfigureAwait(false);
        var call = new ScimCall
        {
            Method = HttpMethod.Patch,
            Resource = $"{profile.UsersPath}/id",
            Path = UserFinder.PathOf(profile, id),
            IfMatch = profile.Etag ? version : null,
        };
        if (profile.Patch)
        {
            var answer = await client.SendAsync(call with { Body = ChangeRequests.Patch(user, changes) }, cancellation).ConfigureAwait(false);
            if (answer.Fault is not { Status: 405 or 501 })
            {
                return answer;
            }
        }

        return await client.SendAsync(call with { Method = HttpMethod.Put, Body = ChangeRequests.Put(user, changes) }, cancellation).ConfigureAwait(false);
    }

    private async Task<CrmId?> HolderAsync(CrmId id, string externalKey, CancellationToken cancellation)
    {
        var holders = known.WasWhole
            ? known.Find(externalKey, null) is { } holder && await finder.ReadAsync(holder, cancellation).ConfigureAwait(false) is var (user, _) ? [user] : []
            : await finder.FindAsync([new(SearchAttribute.ExternalId, externalKey)], cancellation).ConfigureAwait(false);
        return holders.Where(user => UserReader.ExternalId(user) == externalKey).Select(UserReader.Id).FirstOrDefault(other => other != id);
    }

    // Some directories answer with a part of the user only, or with something else.
    private static bool IsWhole(JsonObject? user, CrmId id) => UserReader.Id(user) == id && UserReader.UserName(user!) is not null;
}
