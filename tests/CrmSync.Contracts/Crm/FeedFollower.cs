using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Contracts.Crm;

/// <summary>Somebody who keeps a copy of an entity's records by its change feed alone.</summary>
public sealed class FeedFollower
{
    private readonly ICrm _crm;
    private readonly Entity _entity;
    private readonly Dictionary<CrmId, string> _copy = [];
    private string _place;

    private FeedFollower(ICrm crm, Entity entity, string place) => (_crm, _entity, _place) = (crm, entity, place);

    /// <summary>Takes a place, and reads all records after that.</summary>
    public static async Task<FeedFollower> StartAsync(ICrm crm, Entity entity)
    {
        ArgumentNullException.ThrowIfNull(crm);
        var end = await crm.ReadChangesAsync(entity, null, 1, CancellationToken.None);
        var follower = new FeedFollower(crm, entity, end.Value!.Cursor);
        await foreach (var record in crm.ReadAllAsync(entity, CancellationToken.None))
        {
            follower._copy[record.Id] = CoreJson.Serialize(record);
        }

        return follower;
    }

    /// <summary>Reads one page; whether nothing followed.</summary>
    public async Task<bool> ReadAsync(int limit)
    {
        var page = (await _crm.ReadChangesAsync(_entity, _place, limit, CancellationToken.None)).Value!;
        foreach (var change in page.Changes)
        {
            if (change.Record is { } record)
            {
                _copy[change.Id] = CoreJson.Serialize(record);
            }
            else
            {
                _copy.Remove(change.Id);
            }
        }

        _place = page.Cursor;
        return page.CaughtUp;
    }

    /// <summary>Reads to the feed's end; false where it has none although nobody writes.</summary>
    public async Task<bool> CatchUpAsync(int limit, int pages)
    {
        for (var i = 0; i < pages; i++)
        {
            if (await ReadAsync(limit))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A record that the copy has otherwise than the CRM, or that only one of the two has; null where they are the same.</summary>
    public async Task<string?> DifferenceAsync()
    {
        var there = new Dictionary<CrmId, string>();
        await foreach (var record in _crm.ReadAllAsync(_entity, CancellationToken.None))
        {
            there[record.Id] = CoreJson.Serialize(record);
        }

        foreach (var id in there.Keys.Union(_copy.Keys).Order())
        {
            var (crm, copy) = (there.GetValueOrDefault(id), _copy.GetValueOrDefault(id));
            if (crm != copy)
            {
                return $"{id} is {crm ?? "gone"}, and the feed's follower has {copy ?? "none"}";
            }
        }

        return null;
    }
}
