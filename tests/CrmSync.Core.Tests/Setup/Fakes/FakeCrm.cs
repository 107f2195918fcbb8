using CrmSync.Core.Matching;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Core.Tests.Setup.Fakes;

/// <summary>A CRM that offers what a test says and keeps users.</summary>
internal sealed class FakeCrm : ICrm
{
    public CrmCapabilities Capabilities { get; set; } =
        new() { UniqueExternalKey = true, Lists = true, LineItems = true, Delete = true, ChangeFeed = false, BatchSize = 2, WriteConcurrency = 1 };

    public CrmChoices Choices { get; set; } = new();

    public Dictionary<Entity, IReadOnlyList<FieldDefinition>> Fields { get; } = [];

    public List<CrmRecord> Users { get; } = [];

    public List<UserInvitation> Sent { get; } = [];

    /// <summary>Addresses that the CRM refuses.</summary>
    public HashSet<string> Refuses { get; } = [];

    public Task<CrmChoices> ReadChoicesAsync(CancellationToken cancellation) => Task.FromResult(Choices);

    public Task<IReadOnlyList<FieldDefinition>> DescribeFieldsAsync(Entity entity, CancellationToken cancellation) =>
        Task.FromResult(Fields.GetValueOrDefault(entity) ?? []);

    public IAsyncEnumerable<CrmRecord> ReadAllAsync(Entity entity, CancellationToken cancellation) => Users.ToAsyncEnumerable();

    public Task<IReadOnlyDictionary<CrmId, CrmRecord>> ReadAsync(Entity entity, IReadOnlyCollection<CrmId> ids, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyDictionary<CrmId, CrmRecord>>(Users.Where(user => ids.Contains(user.Id)).ToDictionary(user => user.Id));

    public Task<IReadOnlyList<CrmRecord>> FindCandidatesAsync(Entity entity, IEnumerable<MatchKey> keys, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<CrmRecord>>(Users);

    public Task<Result<CrmChangePage>> ReadChangesAsync(Entity entity, string? since, int limit, CancellationToken cancellation) =>
        Task.FromResult<Result<CrmChangePage>>(ChangeFeed.Unsupported);

    public Task<IReadOnlyList<CrmWriteResult>> WriteAsync(Entity entity, IReadOnlyList<CrmWrite> writes, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<CrmWriteResult>>([.. writes.Select(_ => new CrmWriteResult())]);

    public Task<IReadOnlyList<CrmWriteResult>> InviteAsync(IReadOnlyList<UserInvitation> invitations, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<CrmWriteResult>>([.. invitations.Select(Invite)]);

    public CrmRecord AddUser(string id, string? email)
    {
        var user = new CrmRecord { Id = new CrmId(id), Fields = new FieldValues { { FieldKeys.Email, email } } };
        Users.Add(user);
        return user;
    }

    private CrmWriteResult Invite(UserInvitation invitation)
    {
        if (Refuses.Contains(invitation.Email))
        {
            return new CrmWriteResult { Error = new CrmError("no-seat", "There is no seat left.", false) };
        }

        if (Users.FirstOrDefault(user => string.Equals(user.Fields[FieldKeys.Email], invitation.Email, StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            return new CrmWriteResult { Id = known.Id };
        }

        Sent.Add(invitation);
        return new CrmWriteResult { Id = AddUser($"invited-{Sent.Count}", invitation.Email).Id, Created = true };
    }
}
