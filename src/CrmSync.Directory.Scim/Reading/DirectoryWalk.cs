using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Scim.Client;
using CrmSync.Scim.Discovery;
using CrmSync.Scim.Mapping;

namespace CrmSync.Scim.Reading;

/// <summary>
/// Reads all users, each once, by index or by cursor. A reading that cannot be taken for complete, because the directory changed under it, begins anew a
/// few times and shows only what was not shown yet; one that never comes to an even end is a failure, told at its end.
/// </summary>
internal sealed class DirectoryWalk(ScimClient client, ServerDiscovery discovery)
{
    private const int MostReadings = 4;

    /// <exception cref="DirectoryException">The directory does not answer, or could not be read completely ("incomplete").</exception>
    public async IAsyncEnumerable<JsonObject> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var profile = await discovery.ProfileAsync(cancellation).ConfigureAwait(false);
        var shown = new HashSet<CrmId>();
        string? why = null;
        for (var reading = 1; reading <= MostReadings; reading++)
        {
            if (reading > 1)
            {
                Logs.ReadingAgain(client.Logger, reading);
            }

            IPageWalk walk = profile.Cursor ? new CursorWalk(profile) : new IndexWalk(profile, lenient: reading == MostReadings);
            while (walk.Next is { } query)
            {
                var answer = await client.SendAsync(ScimCall.Get(profile.UsersPath, $"{profile.UsersPath}?{query}"), cancellation).ConfigureAwait(false);
                if (answer.Fault is { } fault)
                {
                    if (CursorWalk.IsStale(fault))
                    {
                        walk.Break(fault.ScimType!);
                        break;
                    }

                    throw fault.Status == 404 ? Faults.NotScim(404, "no users there", retryHelps: false).ToException() : fault.ToException();
                }

                var page = ListPage.Read(answer.Body) ?? throw Faults.NotScim(answer.Status, "no list of users", retryHelps: false).ToException();

                // RFC 9865, 2: a directory may answer with a cursor that nobody asked for.
                if (walk is IndexWalk { IsFirst: true } && page.NextCursor is not null)
                {
                    profile = profile with { Cursor = true };
                    walk = new CursorWalk(profile);
                }

                walk.Take(page);
                foreach (var user in page.Users)
                {
                    if (UserReader.Id(user) is { } id && shown.Add(id))
                    {
                        yield return user;
                    }
                }
            }

            why = walk.Doubt;
            if (why is null)
            {
                yield break;
            }
        }

        throw Faults.Incomplete(why!).ToException();
    }
}

/// <summary>The state of one reading: what to ask for next, and whether what came is the whole.</summary>
internal interface IPageWalk
{
    /// <summary>The query of the next page; null at the end.</summary>
    string? Next { get; }

    /// <summary>Why the reading cannot be taken for complete, as far as it is; null where it can.</summary>
    string? Doubt { get; }

    /// <summary>Takes in the page that was asked for.</summary>
    void Take(ListPage page);

    /// <summary>Ends the reading early.</summary>
    void Break(string why);
}
