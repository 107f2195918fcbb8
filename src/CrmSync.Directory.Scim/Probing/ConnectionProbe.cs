using System.Text.Json.Nodes;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Scim.Client;
using CrmSync.Scim.Discovery;
using CrmSync.Scim.Mapping;
using CrmSync.Scim.Reading;
using CrmSync.Scim.Writing;

namespace CrmSync.Scim.Probing;

/// <summary>
/// Tests a directory by doing with a throw-away employee all that the sync does: created inactive, looked for, changed, made inactive again, deleted. What
/// the directory merely does in another way (filters that find nobody, pictures that it drops) is told in the subject of a check that has passed.
/// </summary>
internal sealed class ConnectionProbe(
    ScimConnection connection, ScimClient client, ServerDiscovery discovery, UserMapping mapping, UserFinder finder, Change change)
{
    private const int MostCreates = 3;

    private static readonly Uri Picture = new("https://example.com/crmsync-test.png");

    private readonly Checks _checks = new();

    public async Task<ConnectionTestReport> RunAsync(CancellationToken cancellation)
    {
        try
        {
            if (await IsReadableAsync(cancellation).ConfigureAwait(false))
            {
                var map = await mapping.GetAsync(cancellation).ConfigureAwait(false);
                await TryAsync(map, new ProbeUser(map.Targets), cancellation).ConfigureAwait(false);
            }
        }
        catch (DirectoryException failure)
        {
            _checks.Fail("directory", failure.Message, failure.Remedy);
        }

        return _checks.Report;
    }

    private async Task<bool> IsReadableAsync(CancellationToken cancellation)
    {
        var profile = await discovery.ProfileAsync(cancellation).ConfigureAwait(false);
        var page = profile.Cursor ? "count=1&cursor=" : "startIndex=1&count=1";
        var answer = await client.SendAsync(ScimCall.Get(profile.UsersPath, $"{profile.UsersPath}?{page}"), cancellation).ConfigureAwait(false);
        var fault = answer.Fault ?? (ListPage.Read(answer.Body) is null ? Faults.NotScim(answer.Status, "no list of users", retryHelps: false) : null);
        if (fault is { Status: 404 } or { Code: "directory-refused", Status: 405 })
        {
            fault = Faults.NotScim(fault.Status.Value, "no users there", retryHelps: false);
        }

        if (fault is null || fault.Status is 401 or 403)
        {
            _checks.Pass("directory");
        }
        else
        {
            _checks.Fail("directory", fault);
            return false;
        }

        if (fault is not null)
        {
            _checks.Fail(fault.Status == 401 ? "credentials" : "reading", fault);
            return false;
        }

        _checks.Pass("credentials");
        _checks.Pass("reading");
        return true;
    }

    private async Task TryAsync(UserMap map, ProbeUser probe, CancellationToken cancellation)
    {
        var profile = await discovery.ProfileAsync(cancellation).ConfigureAwait(false);
        CrmId? id = null;
        try
        {
            (id, var fault) = await CreateAsync(map, probe, profile, cancellation).ConfigureAwait(false);
            if (id is null)
            {
                _checks.Fail("creating", fault!);
                return;
            }

            _checks.Pass("creating");
            await SearchAsync(map, probe, id.Value, cancellation).ConfigureAwait(false);
            await ChangeAsync(map, probe, id.Value, cancellation).ConfigureAwait(false);
            await PictureAsync(map, id.Value, cancellation).ConfigureAwait(false);
            await DeactivateAsync(map, id.Value, cancellation).ConfigureAwait(false);
        }
        finally
        {
            await RemoveAsync(probe, profile, id).ConfigureAwait(false);
        }
    }

    private async Task<(CrmId? Id, Fault? Fault)> CreateAsync(UserMap map, ProbeUser probe, ServerProfile profile, CancellationToken cancellation)
    {
        var body = map.Writer.Body(probe.Creation);
        for (var attempt = 1; ; attempt++)
        {
            var call = new ScimCall { Method = HttpMethod.Post, Resource = profile.UsersPath, Path = profile.UsersPath, Body = body };
            var answer = await client.SendAsync(call, cancellation).ConfigureAwait(false);
            var id = UserReader.Id(answer.Object)
                ?? (answer.Fault is null or { MaybeDone: true } or { IsTaken: true } ? await LookAsync(probe, cancellation).ConfigureAwait(false) : null);
            if (id is not null || answer.Fault is not { MaybeDone: true, RetryHelps: true } || attempt == MostCreates)
            {
                return (id, answer.Fault ?? Faults.Inconsistent("the new user has no id."));
            }
        }
    }

    private async Task SearchAsync(UserMap map, ProbeUser probe, CrmId id, CancellationToken cancellation)
    {
        foreach (var key in (SearchKey[])[
            new(SearchAttribute.ExternalId, probe.ExternalKey), new(SearchAttribute.UserName, map.Writer.UserName(probe.Creation.Fields)!),
            new(SearchAttribute.Email, probe.Email), new(SearchAttribute.EmployeeId, probe.EmployeeId)])
        {
            if (SearchKey.FilterName(key.Attribute, map.Targets) is { } name)
            {
                var found = await finder.FilterAsync(key, cancellation).ConfigureAwait(false);
                var finds = found is not null && found.Any(user => UserReader.Id(user) == id);
                _checks.Pass(finds ? $"searching by {name}" : $"searching by {name} (not offered: all users are read instead)");
            }
        }
    }

    private async Task ChangeAsync(UserMap map, ProbeUser probe, CrmId id, CancellationToken cancellation)
    {
        var created = await finder.ReadAsync(id, cancellation).ConfigureAwait(false);
        var write = probe.Change(id);
        var (user, error) = await change.ApplyAsync(id, before => map.Writer.Changes(before, write), cancellation).ConfigureAwait(false);
        if (user is null || created is not var (before, _))
        {
            _checks.Fail("changing", error?.Message ?? "The new user is not there.", "Give the token the right to change users.");
            return;
        }

        _checks.Pass("changing");
        var dropped = map.Writer.NotApplied(before, probe.Creation.Fields).Union(map.Writer.NotApplied(user, write.Fields)).ToList();
        if (dropped.Count == 0)
        {
            _checks.Pass("fields");
            return;
        }

        var places = dropped.Select(key => $"{key} ({map.Targets.Find(key)!.Path})");
        _checks.Fail("fields", $"The directory accepts these fields and does not keep them: {string.Join(", ", places)}.",
            "Set another target for each of them, or none: an empty target leaves the field out.");
    }

    private async Task PictureAsync(UserMap map, CrmId id, CancellationToken cancellation)
    {
        if (map.Targets.Photos)
        {
            var (user, _) = await change.ApplyAsync(id, before => PictureChange.Of(before, Picture.AbsoluteUri), cancellation).ConfigureAwait(false);
            var kept = user is not null && PictureChange.Stored(user)[FieldKeys.Picture] == Picture.AbsoluteUri;
            _checks.Pass(kept ? "pictures" : "pictures (not kept by the directory)");
        }
    }

    private async Task DeactivateAsync(UserMap map, CrmId id, CancellationToken cancellation)
    {
        var write = ProbeUser.Deactivation(id);
        var (user, error) = await change.ApplyAsync(id, before => map.Writer.Changes(before, write), cancellation).ConfigureAwait(false);
        if (user is not null && !map.Writer.NotApplied(user, write.Fields).Any())
        {
            _checks.Pass("deactivating");
            return;
        }

        _checks.Fail("deactivating", error?.Message ?? "The directory accepts \"active\": false, and the user stays active.",
            "CrmSync cannot make employees inactive in this directory. Ask whoever runs it.");
    }

    // Whatever went wrong, and also when the caller does not wait any more: nothing of the test stays.
    private async Task RemoveAsync(ProbeUser probe, ServerProfile profile, CrmId? id)
    {
        using var patience = new CancellationTokenSource(connection.RequestTimeout, client.Time);
        try
        {
            id ??= await LookAsync(probe, patience.Token).ConfigureAwait(false);
            if (id is null)
            {
                return;
            }

            var call = new ScimCall { Method = HttpMethod.Delete, Resource = $"{profile.UsersPath}/id", Path = UserFinder.PathOf(profile, id.Value) };
            var answer = await client.SendAsync(call, patience.Token).ConfigureAwait(false);
            if (answer.Succeeded || answer.Fault.Status is 404 or 410)
            {
                _checks.Pass("cleaning up");
                return;
            }

            Logs.ProbeStays(client.Logger, answer.Fault.Code);
            if (answer.Fault.Status is 403 or 405 or 501)
            {
                _checks.Pass($"cleaning up (the directory lets nobody delete: {probe.Email} stays, inactive)");
                return;
            }

            _checks.Fail("cleaning up", answer.Fault.Message, $"Delete the user {probe.Email} by hand.");
        }
        catch (Exception failure) when (failure is DirectoryException or OperationCanceledException)
        {
            Logs.ProbeStays(client.Logger, "directory-unavailable");
            _checks.Fail("cleaning up", "The directory did not answer.", $"Delete the user {probe.Email} by hand, if it is there.");
        }
    }

    private async Task<CrmId?> LookAsync(ProbeUser probe, CancellationToken cancellation)
    {
        var keys = SearchKey.Names(probe.Email).Prepend(new(SearchAttribute.ExternalId, probe.ExternalKey)).ToList();
        IReadOnlyList<JsonObject> found = await finder.FindAsync(keys, cancellation).ConfigureAwait(false);
        return found.Count > 0 ? UserReader.Id(found[0]) : null;
    }
}
