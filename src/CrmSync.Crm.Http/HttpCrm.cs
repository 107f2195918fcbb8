using System.Runtime.CompilerServices;
using System.Text.Json;
using CrmSync.Core;
using CrmSync.Core.Matching;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Setup;
using CrmSync.Crm.Http.Client;
using CrmSync.Crm.Http.Contract;
using Microsoft.Extensions.Logging;

namespace CrmSync.Crm.Http;

/// <summary>
/// A CRM that implements the contract of <c>crm-contract.openapi.json</c>, over HTTP. Every call is repeated where that may help: reads change
/// nothing, and a batch is named so that the CRM does it once. What stays a failure is a <see cref="CrmException"/>. Thread-safe.
/// </summary>
public sealed class HttpCrm : ICrm, IDisposable
{
    /// <summary>A test waits for one repetition only: somebody sits in front of it.</summary>
    private const int TestAttempts = 2;

    private readonly ContractClient _client;
    private readonly BatchWriter _writer;
    private readonly PageReader _pages;

    private HttpCrm(ContractClient client, CapabilitiesBody able)
    {
        (_client, _writer, _pages) = (client, new BatchWriter(client, able.BodyBytes), new PageReader(client));
        Capabilities = new CrmCapabilities
        {
            UniqueExternalKey = able.UniqueExternalKey,
            Lists = able.Lists,
            LineItems = able.LineItems,
            Delete = able.Delete,
            ChangeFeed = able.ChangeFeed,
            BatchSize = able.BatchSize,
            WriteConcurrency = able.WriteConcurrency,
        };
    }

    /// <inheritdoc />
    public CrmCapabilities Capabilities { get; }

    /// <summary>Connects: asks the CRM what it can do.</summary>
    /// <param name="connection">Where to, and as whom.</param>
    /// <param name="time">The clock of all time-outs and pauses.</param>
    /// <param name="logger">Gets paths, codes and counts; never a token nor data.</param>
    /// <param name="handler">The transport, which stays the caller's and must not follow redirects; null for one of the client's own.</param>
    /// <param name="chance">Uniform in [0, 1), for the jitter of pauses; null for the shared generator.</param>
    /// <param name="cancellation">Ends the connecting.</param>
    /// <exception cref="ArgumentException">The connection cannot be used; the message says why.</exception>
    /// <exception cref="CrmException">The CRM does not answer, refuses the token, or does not speak this version of the contract.</exception>
    public static async Task<HttpCrm> OpenAsync(
        HttpCrmConnection connection, TimeProvider time, ILogger<HttpCrm> logger, HttpMessageHandler? handler = null, Func<double>? chance = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(logger);
        var client = new ContractClient(connection, time, logger, chance ?? Random.Shared.NextDouble, handler);
        try
        {
            var call = new ContractCall { Path = ContractAddresses.Capabilities };
            var able = await client.SendAsync<CapabilitiesBody>(call, CheckCapabilities, cancellation).ConfigureAwait(false);
            return new HttpCrm(client, able.OrThrow());
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Tests a connection (SU-2): whether the CRM is there, takes the token and speaks the contract. A failed test is an answer, never an exception.
    /// </summary>
    /// <inheritdoc cref="OpenAsync" path="/param" />
    /// <inheritdoc cref="OpenAsync" path="/exception[1]" />
    public static async Task<ConnectionCheck> TestAsync(
        HttpCrmConnection connection, TimeProvider time, ILogger<HttpCrm> logger, HttpMessageHandler? handler = null, Func<double>? chance = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        try
        {
            using var crm = await OpenAsync(connection with { MaxAttempts = TestAttempts }, time, logger, handler, chance, cancellation).ConfigureAwait(false);
            return new ConnectionCheck { Subject = "crm", Passed = true };
        }
        catch (CrmException failure)
        {
            return new ConnectionCheck { Subject = "crm", Passed = false, Cause = failure.Message, Remedy = failure.Remedy };
        }
    }

    /// <inheritdoc />
    public async Task<CrmChoices> ReadChoicesAsync(CancellationToken cancellation) =>
        (await _client.SendAsync<CrmChoices>(new ContractCall { Path = ContractAddresses.Choices }, _ => null, cancellation).ConfigureAwait(false)).OrThrow();

    /// <inheritdoc />
    public async Task<IReadOnlyList<FieldDefinition>> DescribeFieldsAsync(Entity entity, CancellationToken cancellation)
    {
        var call = new ContractCall { Path = PathOf(entity, ContractAddresses.Fields) };
        return (await _client.SendAsync<FieldsBody>(call, _ => null, cancellation).ConfigureAwait(false)).OrThrow().Fields;
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<CrmRecord> ReadAllAsync(Entity entity, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string? place = null;
        do
        {
            var page = await ReadPageAsync(entity, place, Capabilities.BatchSize, cancellation).ConfigureAwait(false);
            foreach (var record in page.Records)
            {
                yield return record;
            }

            place = page.Next;
        }
        while (place is not null);
    }

    /// <summary>The next records of an entity.</summary>
    /// <param name="entity">Which kind.</param>
    /// <param name="after">Where the page before said that the next one begins; null for the beginning.</param>
    /// <param name="limit">Most records on the page, at most <see cref="CrmCapabilities.BatchSize"/>.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public Task<CrmRecordPage> ReadPageAsync(Entity entity, string? after, int limit, CancellationToken cancellation) =>
        _pages.RecordsAsync(PathOf(entity, ContractAddresses.Records), after, Math.Min(limit, Capabilities.BatchSize), cancellation);

    /// <inheritdoc />
    public async Task<Result<CrmChangePage>> ReadChangesAsync(Entity entity, string? since, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var (path, most) = (PathOf(entity, ContractAddresses.Changes), Math.Min(limit, Capabilities.BatchSize));
        return Capabilities.ChangeFeed ? await _pages.ChangesAsync(path, since, most, cancellation).ConfigureAwait(false) : ChangeFeed.Unsupported;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<CrmId, CrmRecord>> ReadAsync(Entity entity, IReadOnlyCollection<CrmId> ids, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var found = new Dictionary<CrmId, CrmRecord>();
        foreach (var chunk in ids.Distinct().Chunk(Capabilities.BatchSize))
        {
            var asked = chunk.ToHashSet();
            await CollectAsync(found, PathOf(entity, ContractAddresses.Read), new IdsBody([.. chunk.Select(id => id.Value)]),
                records => records.Any(record => !asked.Contains(record.Id)) ? "It holds a record that was not asked for." : null,
                cancellation).ConfigureAwait(false);
        }

        return found;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<CrmRecord>> FindCandidatesAsync(Entity entity, IEnumerable<MatchKey> keys, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var found = new Dictionary<CrmId, CrmRecord>();
        foreach (var chunk in keys.Distinct().Chunk(Capabilities.BatchSize))
        {
            var body = new KeysBody([.. chunk.Select(key => new KeyBody(key.Kind, key.Value))]);
            await CollectAsync(found, PathOf(entity, ContractAddresses.Find), body, _ => null, cancellation).ConfigureAwait(false);
        }

        return [.. found.Values];
    }

    /// <inheritdoc />
    /// <exception cref="ArgumentException">The batch is larger than <see cref="CrmCapabilities.BatchSize"/>.</exception>
    public Task<IReadOnlyList<CrmWriteResult>> WriteAsync(Entity entity, IReadOnlyList<CrmWrite> writes, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(writes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(writes.Count, Capabilities.BatchSize, nameof(writes));
        return _writer.WriteAsync(PathOf(entity, ContractAddresses.Write), writes, some => new WritesBody(some), cancellation);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<CrmWriteResult>> InviteAsync(IReadOnlyList<UserInvitation> invitations, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(invitations);
        var results = new List<CrmWriteResult>(invitations.Count);
        foreach (var chunk in invitations.Chunk(Capabilities.BatchSize))
        {
            results.AddRange(
                await _writer.WriteAsync(ContractAddresses.Invitations, chunk, some => new InvitationsBody(some), cancellation).ConfigureAwait(false));
        }

        return results;
    }

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    private async Task CollectAsync<TBody>(
        Dictionary<CrmId, CrmRecord> found, string path, TBody body, Func<IReadOnlyList<CrmRecord>, string?> check, CancellationToken cancellation)
    {
        var call = new ContractCall { Path = path, Body = JsonSerializer.SerializeToUtf8Bytes(body, CoreJson.Options) };
        var answer = await _client.SendAsync<RecordsBody>(call, answered => Records.Check(answered.Records) ?? check(answered.Records), cancellation)
            .ConfigureAwait(false);
        foreach (var record in answer.OrThrow().Records)
        {
            found[record.Id] = record;
        }
    }

    private static string? CheckCapabilities(CapabilitiesBody able) =>
        able.Version != ContractAddresses.Version ? "It is about another version."
        : able.BatchSize is < 1 or > 10_000 || able.WriteConcurrency is < 1 or > 64 || able.BodyBytes < 64 * 1024
            ? "batchSize must be 1 to 10,000, writeConcurrency 1 to 64, bodyBytes at least 65,536."
            : null;

    private static string PathOf(Entity entity, string what) => $"{Stages.NameOf(entity)}/{what}";
}
