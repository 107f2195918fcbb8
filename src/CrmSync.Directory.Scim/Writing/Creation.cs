using System.Text.Json.Nodes;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Scim.Client;
using CrmSync.Scim.Discovery;
using CrmSync.Scim.Mapping;
using CrmSync.Scim.Reading;

namespace CrmSync.Scim.Writing;

/// <summary>
/// Creates employees, each once: it looks for whoever carries the external key or the name to log in with before, after a refusal because they are taken,
/// and after every create whose outcome is unknown.
/// </summary>
internal sealed class Creation(ScimClient client, ServerDiscovery discovery, UserMapping mapping, UserFinder finder, KnownUsers known)
{
    private const int MostAttempts = 6;

    // A directory may take a while to show what it has done (F24: up to a minute).
    private static readonly TimeSpan[] AfterUnknown = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5)];
    private static readonly TimeSpan[] AfterTaken =
        [TimeSpan.Zero, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(40)];

    /// <summary>Creates an employee, or answers the one that is there already.</summary>
    /// <exception cref="DirectoryException">The directory does not answer.</exception>
    public async Task<CrmWriteResult> RunAsync(CrmWrite write, CancellationToken cancellation)
    {
        var map = await mapping.GetAsync(cancellation).ConfigureAwait(false);
        var name = map.Writer.UserName(write.Fields)!;
        var found = await BeforeAsync(write.ExternalKey, name, cancellation).ConfigureAwait(false);
        for (var attempt = 1; found is null; attempt++)
        {
            var (user, fault) = await PostAsync(map.Writer.Body(write), cancellation).ConfigureAwait(false);
            if (user is not null)
            {
                return Done(map, write, user, created: true);
            }

            if (fault!.IsTaken)
            {
                found = await LookAsync(write.ExternalKey, name, AfterTaken, cancellation).ConfigureAwait(false);
                return found is not null ? Judge(map, write, found, isOurs: attempt > 1)
                    : new CrmWriteResult { Error = fault.ToError() with { RetryHelps = true } };
            }

            if (!fault.MaybeDone)
            {
                return fault.IsGeneral ? throw fault.ToException() : new CrmWriteResult { Error = fault.ToError() };
            }

            Logs.OutcomeUnknown(client.Logger, fault.Code);
            found = await LookAsync(write.ExternalKey, name, AfterUnknown, cancellation).ConfigureAwait(false);
            if (found is not null)
            {
                // It was not there before: this is what the lost answer would have told.
                return Judge(map, write, found, isOurs: true);
            }

            if (attempt == MostAttempts)
            {
                return fault.IsGeneral ? throw fault.ToException() : new CrmWriteResult { Error = fault.ToError() };
            }
        }

        return Judge(map, write, found, isOurs: false);
    }

    /// <summary>Whoever carries the external key or else the name; null for nobody.</summary>
    private async Task<JsonObject?> BeforeAsync(string? externalKey, string name, CancellationToken cancellation)
    {
        if (known.Find(externalKey, name) is { } id && await finder.ReadAsync(id, cancellation).ConfigureAwait(false) is var (user, _)
            && IsMeant(user, externalKey, name))
        {
            return user;
        }

        if (known.WasWhole)
        {
            return null;
        }

        return await SearchAsync(externalKey, name, cancellation).ConfigureAwait(false);
    }

    // Whoever was known by a name or a key may have another by now.
    private static bool IsMeant(JsonObject user, string? externalKey, string name) =>
        (externalKey is not null && UserReader.ExternalId(user) == externalKey)
        || string.Equals(UserReader.UserName(user), name, StringComparison.OrdinalIgnoreCase);

    private async Task<JsonObject?> SearchAsync(string? externalKey, string name, CancellationToken cancellation)
    {
        var keys = SearchKey.Names(name);
        var found = await finder.FindAsync(
            [.. externalKey is null ? keys : keys.Prepend(new(SearchAttribute.ExternalId, externalKey))], cancellation).ConfigureAwait(false);
        return found.Count > 0 ? found[0] : null;
    }

    private async Task<JsonObject?> LookAsync(string? externalKey, string name, TimeSpan[] pauses, CancellationToken cancellation)
    {
        foreach (var pause in pauses)
        {
            await client.PauseAsync(pause, cancellation).ConfigureAwait(false);
            if (await SearchAsync(externalKey, name, cancellation).ConfigureAwait(false) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private async Task<(JsonObject? User, Fault? Fault)> PostAsync(JsonObject body, CancellationToken cancellation)
    {
        var profile = await discovery.ProfileAsync(cancellation).ConfigureAwait(false);
        var call = new ScimCall { Method = HttpMethod.Post, Resource = profile.UsersPath, Path = profile.UsersPath, Body = body };
        var answer = await client.SendAsync(call, cancellation).ConfigureAwait(false);

        // The id stands in the body: what the Location header says is wrong in some directories.
        return answer.Fault is { } fault ? (null, fault)
            : UserReader.Id(answer.Object) is not { } id ? (null, Faults.Inconsistent("the new user has no id."))
            : UserReader.UserName(answer.Object!) is not null ? (answer.Object, null)
            : await finder.ReadAsync(id, cancellation).ConfigureAwait(false) is var (user, _) ? (user, null)
            : (null, Faults.Inconsistent("the new user is not there."));
    }

    /// <summary>Answers with a user that was found: as ours, or as somebody else's.</summary>
    /// <param name="map">How users are read.</param>
    /// <param name="write">The create.</param>
    /// <param name="user">Who was found.</param>
    /// <param name="isOurs">Whether this very create may have made it.</param>
    private CrmWriteResult Judge(UserMap map, CrmWrite write, JsonObject user, bool isOurs)
    {
        var key = UserReader.ExternalId(user);
        if (key is not null ? key == write.ExternalKey : isOurs || IsSamePerson(map, write, user))
        {
            return Done(map, write, user, created: isOurs);
        }

        return new CrmWriteResult
        {
            Error = new CrmError("value-taken", $"The directory's user \"{UserReader.Id(user)}\" already has this name to log in with.", false),
        };
    }

    // A directory that keeps no external ids: who has the same address and an equal id of another kind is the same (EM-5).
    private static bool IsSamePerson(UserMap map, CrmWrite write, JsonObject user)
    {
        var email = write.Fields[FieldKeys.Email];
        return write.ExternalKey is not null && map.Reader.Email(user) == email && map.Targets.Find(FieldKeys.EmployeeIds) is { } target
            && Canonical.Lines(write.Fields[FieldKeys.EmployeeIds]).Where(id => id != email)
                .Intersect(Canonical.Lines(map.Reader.Value(user, target)), StringComparer.Ordinal).Any();
    }

    private CrmWriteResult Done(UserMap map, CrmWrite write, JsonObject user, bool created)
    {
        known.Add(user);
        known.See(user, map);
        if (created && map.Writer.NotApplied(user, write.Fields).ToList() is { Count: > 0 } fields)
        {
            Logs.NotApplied(client.Logger, string.Join(", ", fields));
        }

        return new CrmWriteResult { Id = UserReader.Id(user), Created = created, Stored = map.Writer.Stored(user, write.Fields) };
    }
}
