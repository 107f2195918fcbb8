using System.Runtime.CompilerServices;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Scim.Client;
using CrmSync.Scim.Discovery;
using CrmSync.Scim.Mapping;
using CrmSync.Scim.Probing;
using CrmSync.Scim.Reading;
using CrmSync.Scim.Writing;
using Microsoft.Extensions.Logging;

namespace CrmSync.Scim;

/// <summary>
/// A tenant's directory that speaks SCIM 2.0 (RFC 7643, 7644, 9865). It asks the directory what it can do and believes only what it sees: filters that have
/// found somebody, values read back. One object serves one run: what it has read completely spares the searches before its creates. Thread-safe.
/// </summary>
public sealed class ScimDirectory : IDirectory, IDisposable
{
    private const int Batch = 200;

    private readonly ScimConnection _connection;
    private readonly ScimClient _client;
    private readonly ServerDiscovery _discovery;
    private readonly UserMapping _mapping;
    private readonly UserFinder _finder;
    private readonly Change _change;
    private readonly BatchRunner _writes;

    /// <summary>Makes a directory's client; nothing is sent yet.</summary>
    /// <param name="connection">Where to, as whom, and where fields go.</param>
    /// <param name="time">The clock of all time-outs and pauses.</param>
    /// <param name="logger">Gets resources, codes and counts; never a token, an id nor data.</param>
    /// <param name="handler">The transport, which stays the caller's and must not follow redirects; null for one of the client's own.</param>
    /// <param name="chance">Uniform in [0, 1), for the jitter of pauses; null for the shared generator.</param>
    /// <exception cref="ArgumentException">The connection cannot be used; the message says why.</exception>
    public ScimDirectory(
        ScimConnection connection, TimeProvider time, ILogger<ScimDirectory> logger, HttpMessageHandler? handler = null, Func<double>? chance = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(logger);
        _connection = connection;
        _client = new ScimClient(connection, time, logger, chance ?? Random.Shared.NextDouble, handler);
        _discovery = new ServerDiscovery(_client);
        _mapping = new UserMapping(connection.Settings, _discovery);
        var known = new KnownUsers(time);
        _finder = new UserFinder(_client, _discovery, _mapping, known);
        _change = new Change(_client, _discovery, _mapping, _finder, known);
        _writes = new BatchRunner(connection, _mapping, _finder, known, new Creation(_client, _discovery, _mapping, _finder, known), _change);
    }

    /// <inheritdoc />
    public async Task<DirectoryCapabilities> DescribeAsync(CancellationToken cancellation)
    {
        var targets = (await _mapping.GetAsync(cancellation).ConfigureAwait(false)).Targets;
        return new DirectoryCapabilities
        {
            Fields = targets.Fields,
            OneEmployeeId = targets.Find(FieldKeys.EmployeeIds) is not { IsList: true },
            Pictures = targets.Photos ? PictureWay.Address : PictureWay.None,
            BatchSize = Batch,

            // The writes of one call go side by side already; a second call fills the gap at the end of the first.
            WriteConcurrency = 2,
        };
    }

    /// <inheritdoc />
    public Task<ConnectionTestReport> TestAsync(CancellationToken cancellation) =>
        new ConnectionProbe(_connection, _client, _discovery, _mapping, _finder, _change).RunAsync(cancellation);

    /// <inheritdoc />
    /// <remarks>The values that the directory's schema names for the profile's place; nobody's, where the profile has no place.</remarks>
    public async Task<IReadOnlyList<string>?> ReadProfilesAsync(CancellationToken cancellation)
    {
        var target = (await _mapping.GetAsync(cancellation).ConfigureAwait(false)).Targets.Find(FieldKeys.Profile);
        return target is null ? [] : target.Attribute.Values.Count > 0 ? target.Attribute.Values : null;
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<CrmRecord> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var reader = (await _mapping.GetAsync(cancellation).ConfigureAwait(false)).Reader;
        await foreach (var user in _finder.ReadAllAsync(cancellation).ConfigureAwait(false))
        {
            yield return reader.Read(user)!;
        }
    }

    /// <inheritdoc />
    public async Task<CrmRecord?> FindAsync(CrmId id, CancellationToken cancellation)
    {
        var reader = (await _mapping.GetAsync(cancellation).ConfigureAwait(false)).Reader;
        return await _finder.ReadAsync(id, cancellation).ConfigureAwait(false) is var (user, _) ? reader.Read(user) : null;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<CrmRecord>> FindCandidatesAsync(EmployeeKeys keys, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var reader = (await _mapping.GetAsync(cancellation).ConfigureAwait(false)).Reader;
        var users = await _finder.FindAsync(SearchKey.Of(keys.ExternalKey, keys.Email, keys.EmployeeIds), cancellation).ConfigureAwait(false);
        return [.. users.Select(reader.Read).OfType<CrmRecord>()];
    }

    /// <inheritdoc />
    /// <exception cref="ArgumentException">The batch is larger than <see cref="DirectoryCapabilities.BatchSize"/>.</exception>
    /// <exception cref="DirectoryException">The directory does not answer, and none of the writes was answered.</exception>
    public Task<IReadOnlyList<CrmWriteResult>> WriteAsync(IReadOnlyList<CrmWrite> writes, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(writes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(writes.Count, Batch, nameof(writes));
        return _writes.RunAsync(writes, cancellation);
    }

    /// <inheritdoc />
    /// <remarks><see cref="CrmWriteResult.Stored"/> holds the address under <see cref="FieldKeys.Picture"/>.</remarks>
    public async Task<CrmWriteResult> WritePictureAsync(CrmId id, PublishedPicture? picture, CancellationToken cancellation)
    {
        var targets = (await _mapping.GetAsync(cancellation).ConfigureAwait(false)).Targets;
        if (!targets.Photos || picture is { Address: null })
        {
            return new CrmWriteResult
            {
                Error = targets.Photos
                    ? new CrmError("picture-address-missing", "The directory takes pictures by their address, and this picture has none.", false)
                    : new CrmError("pictures-unsupported", "The directory has no place for pictures.", false),
            };
        }

        var address = picture?.Address!.AbsoluteUri;
        var (user, error) = await _change.ApplyAsync(id, user => PictureChange.Of(user, address), cancellation).ConfigureAwait(false);
        return user is null ? new CrmWriteResult { Error = error } : new CrmWriteResult { Id = id, Stored = PictureChange.Stored(user) };
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _writes.Dispose();
        _discovery.Dispose();
        _client.Dispose();
    }
}
