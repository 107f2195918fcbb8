using System.Globalization;
using CrmSync.Core;
using CrmSync.Core.Matching;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Crm.BuiltIn.Tests.Changes;

/// <summary>Ways in which change feeds go wrong.</summary>
public enum FeedMutant
{
    /// <summary>The cursor is the time of the last change that was shown (F32).</summary>
    CursorIsATime,

    /// <summary>The cursor is the feed's end, although the page was cut off before it.</summary>
    CursorAtTheEnd,

    /// <summary>What was deleted is left out.</summary>
    DeletesForgotten,

    /// <summary>Every other page says that nothing followed.</summary>
    EndClaimed,
}

/// <summary>A CRM whose feed is wrong in one way.</summary>
internal sealed class WrongFeed(ICrm crm, FeedMutant mutant) : ICrm
{
    private int _pages;

    public CrmCapabilities Capabilities => crm.Capabilities;

    public Task<CrmChoices> ReadChoicesAsync(CancellationToken cancellation) => crm.ReadChoicesAsync(cancellation);

    public Task<IReadOnlyList<FieldDefinition>> DescribeFieldsAsync(Entity entity, CancellationToken cancellation) =>
        crm.DescribeFieldsAsync(entity, cancellation);

    public IAsyncEnumerable<CrmRecord> ReadAllAsync(Entity entity, CancellationToken cancellation) => crm.ReadAllAsync(entity, cancellation);

    public Task<IReadOnlyDictionary<CrmId, CrmRecord>> ReadAsync(Entity entity, IReadOnlyCollection<CrmId> ids, CancellationToken cancellation) =>
        crm.ReadAsync(entity, ids, cancellation);

    public Task<IReadOnlyList<CrmRecord>> FindCandidatesAsync(Entity entity, IEnumerable<MatchKey> keys, CancellationToken cancellation) =>
        crm.FindCandidatesAsync(entity, keys, cancellation);

    public async Task<Result<CrmChangePage>> ReadChangesAsync(Entity entity, string? since, int limit, CancellationToken cancellation)
    {
        if (mutant == FeedMutant.CursorIsATime)
        {
            return await ReadByTimeAsync(entity, since, limit, cancellation);
        }

        var read = await crm.ReadChangesAsync(entity, since, limit, cancellation);
        var page = read.Value!;
        return mutant switch
        {
            FeedMutant.CursorAtTheEnd => page with { Cursor = (await crm.ReadChangesAsync(entity, null, limit, cancellation)).Value!.Cursor },
            FeedMutant.DeletesForgotten => page with { Changes = [.. page.Changes.Where(change => change.Record is not null)] },
            _ => page with { CaughtUp = page.CaughtUp || ++_pages % 2 == 0 },
        };
    }

    public Task<IReadOnlyList<CrmWriteResult>> WriteAsync(Entity entity, IReadOnlyList<CrmWrite> writes, CancellationToken cancellation) =>
        crm.WriteAsync(entity, writes, cancellation);

    public Task<IReadOnlyList<CrmWriteResult>> InviteAsync(IReadOnlyList<UserInvitation> invitations, CancellationToken cancellation) =>
        crm.InviteAsync(invitations, cancellation);

    private async Task<Result<CrmChangePage>> ReadByTimeAsync(Entity entity, string? since, int limit, CancellationToken cancellation)
    {
        var records = await crm.ReadAllAsync(entity, cancellation).OrderBy(record => record.UpdatedAt).ToListAsync(cancellation);
        var after = since is null ? records.LastOrDefault()?.UpdatedAt ?? DateTimeOffset.MinValue : DateTimeOffset.Parse(since, CultureInfo.InvariantCulture);
        var later = records.Where(record => record.UpdatedAt > after).ToList();
        var shown = later.Take(limit).Select(record => new CrmChange(record.Id, record)).ToList();
        var end = shown.LastOrDefault()?.Record!.UpdatedAt ?? after;
        return new CrmChangePage(shown, end.ToString("O", CultureInfo.InvariantCulture), shown.Count == later.Count);
    }
}
