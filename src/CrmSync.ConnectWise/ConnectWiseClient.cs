using System.Runtime.CompilerServices;
using CrmSync.ConnectWise.Children;
using CrmSync.ConnectWise.Choices;
using CrmSync.ConnectWise.ConnectionTest;
using CrmSync.ConnectWise.Documents;
using CrmSync.ConnectWise.Http;
using CrmSync.ConnectWise.Paging;
using CrmSync.ConnectWise.Parsing;
using CrmSync.ConnectWise.Parsing.Entities;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using Microsoft.Extensions.Logging;

namespace CrmSync.ConnectWise;

/// <summary>
/// A ConnectWise PSA account over its REST API v3. One instance per tenant, shared by all its work: the limit on concurrent
/// requests, the codebase and what the site cannot do are learnt once. Thread-safe.
/// </summary>
public sealed class ConnectWiseClient : IConnectWise, IDisposable
{
    /// <summary>Enough to keep all requests busy while others keep what they have read.</summary>
    private const int ReadingsAhead = 2;

    /// <summary>A test waits for one repetition only: somebody sits in front of it.</summary>
    private const int TestAttempts = 2;

    private readonly string _name = Guid.NewGuid().ToString("N");
    private readonly ConnectWiseConnection _connection;
    private readonly HttpMessageHandler? _handler;
    private readonly Func<double> _chance;
    private readonly ApiClient _api;
    private readonly KeysetReader _pages;
    private readonly ListReader _lists;
    private readonly ChoiceReader _choices;
    private readonly FieldReader _fields;
    private readonly OpportunityChildrenReader _children;
    private readonly DocumentReader _documents;

    /// <summary>Makes a client; nothing is sent yet.</summary>
    /// <param name="connection">Where to, and as whom.</param>
    /// <param name="time">The clock of all time-outs and pauses.</param>
    /// <param name="logger">Gets endpoints, codes and counts; never a credential nor a query.</param>
    /// <param name="handler">The transport, which stays the caller's and must not follow redirects; null for one of the client's own.</param>
    /// <param name="chance">Uniform in [0, 1), for the jitter of pauses; null for the shared generator.</param>
    /// <exception cref="ArgumentException">The connection cannot be used; the message says why.</exception>
    public ConnectWiseClient(
        ConnectWiseConnection connection, TimeProvider time, ILogger<ConnectWiseClient> logger, HttpMessageHandler? handler = null, Func<double>? chance = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(logger);
        _connection = connection;
        _handler = handler;
        _chance = chance ?? Random.Shared.NextDouble;
        _api = new ApiClient(connection, time, logger, _chance, handler);
        var info = new InfoRequest(_api);
        _pages = new KeysetReader(_api, info);
        _lists = new ListReader(_api, _pages, info);
        _choices = new ChoiceReader(_lists);
        _fields = new FieldReader(_api, _lists);
        _children = new OpportunityChildrenReader(_api, _lists);
        _documents = new DocumentReader(_api);
    }

    /// <inheritdoc />
    public int PageSize => _connection.PageSize;

    /// <inheritdoc />
    public int Concurrency => _connection.MaxConcurrency;

    /// <inheritdoc />
    /// <remarks>Where other processes read for the same tenant, each reading brings one request: then there are no more readings than requests.</remarks>
    public int Readings => _connection.MaxConcurrency + (_connection.Shared ? 0 : ReadingsAhead);

    /// <inheritdoc />
    public double RequestsPerOpportunity => _children.RequestsEach;

    /// <inheritdoc />
    public ConnectWiseUsage Usage
    {
        get
        {
            var traffic = Traffic;
            return new ConnectWiseUsage(_name, traffic.Requests, traffic.Throttled, traffic.Retries, _pages.MedianPageSeconds);
        }
    }

    /// <summary>What this client has sent and received, in more detail than the port asks for.</summary>
    public ClientTraffic Traffic => _api.Traffic.Read(_api.ConcurrencyLimit);

    /// <inheritdoc />
    public async Task<ConnectionTestReport> TestAsync(CancellationToken cancellation)
    {
        // A client of its own: nothing remembered may stand in for what is to be tested.
        using var api = new ApiClient(_connection with { MaxAttempts = TestAttempts }, _api.Time, _api.Logger, _chance, _handler);
        return await new ConnectionTester(api).RunAsync(cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public Task<ConnectWiseChoices> ReadChoicesAsync(Entity entity, CancellationToken cancellation) => _choices.ReadAsync(entity, cancellation);

    /// <inheritdoc />
    public Task<IReadOnlyList<long>> ReadInactiveCompanyStatusesAsync(CancellationToken cancellation) => _choices.ReadInactiveStatusesAsync(cancellation);

    /// <inheritdoc />
    public Task<IReadOnlyList<FieldDefinition>> DescribeFieldsAsync(Entity entity, CancellationToken cancellation) =>
        _fields.DescribeAsync(entity, cancellation);

    /// <inheritdoc />
    public async Task<IReadOnlyList<ConnectWiseMember>> ReadMembersAsync(CancellationToken cancellation)
    {
        string[] keys = [FieldKeys.Identifier, FieldKeys.Name, FieldKeys.Email];
        var members = new List<ConnectWiseMember>();
        await foreach (var page in ReadPagesAsync(Entity.User, new IdRange(0, null), keys, null, cancellation).ConfigureAwait(false))
        {
            using var received = page;
            members.AddRange(Parse(Entity.User, page.Json, keys).Select(record => new ConnectWiseMember
            {
                Id = record.Id,
                Identifier = record.Fields[FieldKeys.Identifier] ?? "",
                Name = record.Fields[FieldKeys.Name] ?? "",
                Email = record.Fields[FieldKeys.Email],
                TypeId = record.TypeIds.Count > 0 ? record.TypeIds[0] : null,
                Inactive = record.Inactive,
            }));
        }

        return members;
    }

    /// <inheritdoc />
    public Task<long> CountAsync(Entity entity, CancellationToken cancellation) =>
        _lists.CountAsync(new ListQuery { Path = Shapes.Of(entity).Path }, cancellation);

    /// <inheritdoc />
    public Task<IdRange?> BoundsAsync(Entity entity, CancellationToken cancellation) => _lists.BoundsAsync(Shapes.Of(entity).Path, cancellation);

    /// <inheritdoc />
    public async IAsyncEnumerable<ConnectWisePage> ReadPagesAsync(
        Entity entity, IdRange range, IReadOnlyList<string> fields, long? expected, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var shape = Shapes.Of(entity);
        // Entities stand in the order in which they come in (IM-2): those that are needed first are read to their end first.
        var query = new ListQuery { Path = shape.Path, Fields = shape.Asks(fields), Rank = 1 + (int)entity };
        using var reading = _api.Read();
        await foreach (var page in _pages.ReadAsync(query, range, expected, cancellation).ConfigureAwait(false))
        {
            yield return page;
        }
    }

    /// <inheritdoc />
    public IReadOnlyList<ConnectWiseRecord> Parse(Entity entity, ReadOnlyMemory<byte> json, IReadOnlyList<string> fields) =>
        new RecordParser(Shapes.Of(entity), fields).Parse(json.Span);

    /// <inheritdoc />
    public async Task<ConnectWiseRecord?> FindAsync(Entity entity, ConnectWiseId id, IReadOnlyList<string> fields, CancellationToken cancellation)
    {
        var shape = Shapes.Of(entity);
        var json = await _lists.FindAsync(shape.Path, id.Value, shape.Asks(fields), cancellation).ConfigureAwait(false);
        return json is { } found && Parse(entity, found, fields) is [var record, ..] ? record : null;
    }

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<ConnectWiseId, OpportunityChildren>> ReadOpportunityChildrenAsync(
        IReadOnlyCollection<ConnectWiseId> opportunities, CancellationToken cancellation) => _children.ReadAsync(opportunities, cancellation);

    /// <summary>A document by its id; null when there is none.</summary>
    /// <exception cref="ConnectWiseException">It could not be read, or is larger than the connection allows.</exception>
    public Task<ConnectWiseDocument?> FindDocumentAsync(long id, CancellationToken cancellation) => _documents.FindAsync(id, cancellation);

    /// <summary>A member's picture; null when there is none.</summary>
    /// <exception cref="ConnectWiseException">It could not be read, or is larger than the connection allows.</exception>
    public Task<ConnectWiseDocument?> FindMemberPhotoAsync(ConnectWiseId member, CancellationToken cancellation) =>
        _documents.FindMemberPhotoAsync(member.Value, cancellation);

    /// <inheritdoc />
    public async Task<ReadOnlyMemory<byte>?> ReadMemberPhotoAsync(ConnectWiseId member, CancellationToken cancellation) =>
        (await FindMemberPhotoAsync(member, cancellation).ConfigureAwait(false))?.Content;

    /// <summary>
    /// What a link in one of ConnectWise's answers points to, fetched from the configured host whatever host the link names;
    /// null when there is nothing, or the link is none to the API.
    /// </summary>
    /// <exception cref="ConnectWiseException">It could not be read, or is larger than the connection allows.</exception>
    public Task<ConnectWiseDocument?> FindLinkedAsync(string href, CancellationToken cancellation) => _documents.FindAsync(href, cancellation);

    /// <summary>Closes the connections. Calls under way fail.</summary>
    public void Dispose() => _api.Dispose();
}
