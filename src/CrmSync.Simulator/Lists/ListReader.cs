using CrmSync.Simulator.Records;

namespace CrmSync.Simulator.Lists;

/// <summary>One page of a list.</summary>
/// <param name="Keys">The records, in order.</param>
/// <param name="Total">How many records match in all; null in forward-only mode, which does not ask.</param>
internal sealed record ListPage(IReadOnlyList<RecordKey> Keys, int? Total);

/// <summary>Finds the records of a page without touching those before it, wherever the question allows that.</summary>
internal static class ListReader
{
    public static ListPage Read(RecordSource source, ListQuery query)
    {
        var (from, to) = Range(source, query);
        if (query.Seek.Ids is { } ids)
        {
            return Paged(Named(source, query, ids), source, query);
        }

        if (query.IsForwardOnly)
        {
            return new ListPage(Scan(source, query.Filter, from, to, query.PageSize), null);
        }

        return query.Order switch
        {
            [] => ById(source, query, from, to, isDescending: false),
            [var only] when only.Path.Root == source.Definition.Id => ById(source, query, from, to, only.IsDescending),
            _ => Sorted(source, query, from, to),
        };
    }

    public static int Count(RecordSource source, ListQuery query)
    {
        var (from, to) = Range(source, query);
        if (query.Seek.Ids is { } ids)
        {
            return Named(source, query, ids).Count;
        }

        if (query.Filter.IsEmpty && source.HasRanks)
        {
            return source.RankOf(to) - source.RankOf(from);
        }

        var matches = Matches(source, query.Filter);
        return matches.RankOf(to) - matches.RankOf(from);
    }

    private static (int From, int To) Range(RecordSource source, ListQuery query)
    {
        var from = source.LowerBound(query.Seek.Least);
        return (from, Math.Max(from, source.LowerBound(query.Seek.Most + 1)));
    }

    private static MatchSet Matches(RecordSource source, Filter filter) =>
        source.Matches.Get("set\n" + filter.Key, source.Version, () => new MatchSet(source, filter));

    private static List<RecordKey> Named(RecordSource source, ListQuery query, int[] ids)
    {
        var keys = new List<RecordKey>(ids.Length);
        foreach (var id in ids)
        {
            if (id >= query.Seek.Least && id <= query.Seek.Most && source.TryFind(id, out var key) && query.Filter.Passes(source, key))
            {
                keys.Add(key);
            }
        }

        return keys;
    }

    private static ListPage Paged(List<RecordKey> keys, RecordSource source, ListQuery query)
    {
        if (query.Order.Count > 0)
        {
            keys = [.. RecordOrder.Sort(keys, source, query.Order)];
        }

        // In forward-only mode the seek has already left out what the pages before showed.
        return query.IsForwardOnly
            ? new ListPage([.. keys.Take(query.PageSize)], null)
            : new ListPage([.. keys.Skip(Offset(query)).Take(query.PageSize)], keys.Count);
    }

    private static List<RecordKey> Scan(RecordSource source, Filter filter, int from, int to, int most)
    {
        var keys = new List<RecordKey>(Math.Min(most, Math.Max(0, to - from)));
        for (var position = from; position < to && keys.Count < most; position++)
        {
            if (source.Exists(position) && new RecordKey(position, source.IdAt(position)) is var key && (filter.IsEmpty || filter.Passes(source, key)))
            {
                keys.Add(key);
            }
        }

        return keys;
    }

    private static ListPage ById(RecordSource source, ListQuery query, int from, int to, bool isDescending)
    {
        var isDirect = query.Filter.IsEmpty && source.HasRanks;
        var matches = isDirect ? null : Matches(source, query.Filter);
        var first = matches?.RankOf(from) ?? source.RankOf(from);
        var total = (matches?.RankOf(to) ?? source.RankOf(to)) - first;
        var offset = Offset(query);
        var keys = new List<RecordKey>(Math.Clamp(total - offset, 0, query.PageSize));
        if (offset < total)
        {
            var ordinal = isDescending ? first + total - 1 - offset : first + offset;
            var step = isDescending ? -1 : 1;
            for (var at = matches?.PositionOf(ordinal) ?? source.PositionOf(ordinal); at >= from && at < to && keys.Count < query.PageSize; at += step)
            {
                if (matches?.Contains(at) ?? source.Exists(at))
                {
                    keys.Add(new RecordKey(at, source.IdAt(at)));
                }
            }
        }

        return new ListPage(keys, total);
    }

    private static ListPage Sorted(RecordSource source, ListQuery query, int from, int to)
    {
        var key = $"order\n{from}\n{to}\n{query.Filter.Key}\n{string.Join(',', query.Order.Select(RecordOrder.KeyOf))}";
        var positions = source.Matches.Get(key, source.Version, () =>
            RecordOrder.Sort(Scan(source, query.Filter, from, to, int.MaxValue), source, query.Order).Select(k => k.Position).ToArray());
        var page = positions.Skip(Offset(query)).Take(query.PageSize).Select(p => new RecordKey(p, source.IdAt(p)));
        return new ListPage([.. page], positions.Length);
    }

    private static int Offset(ListQuery query) => (int)Math.Min(int.MaxValue, (query.Page - 1L) * query.PageSize);
}
