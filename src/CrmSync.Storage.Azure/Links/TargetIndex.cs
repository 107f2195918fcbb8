using System.Collections.Concurrent;
using System.Globalization;
using Azure.Data.Tables;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Storage.Azure.Tables;

namespace CrmSync.Storage.Azure.Links;

/// <summary>
/// Finds where many records are in the CRM at few operations, however widely their ids are strewn: a page of activities points at contacts all over the
/// account. Whole sections of ids are kept in memory, each as good as its stamp: a row of the scope holds a stamp for each section, which every writer
/// renews after it has written, and which is read ahead of each look-up. So what was written before a look-up began is found by it, in any process.
/// <para>
/// Only a writer who dies between the two leaves sections behind that do not know his rows; they are forgotten after <see cref="Lifetime"/>.
/// </para>
/// </summary>
/// <param name="table">The table with the rows.</param>
/// <param name="time">The clock.</param>
/// <param name="stampsTellAll">Whether nobody reads rows whose writer died before he could stamp them: then a section without a stamp is empty.</param>
internal sealed class TargetIndex(TableClient table, TimeProvider time, bool stampsTellAll)
{
    /// <summary>How long a section is used at the most.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    // Ids in a section: read in some sixty requests where every id is there.
    private const long SectionSize = 65_536;

    // A row has room for 252 columns; sections that share one are renewed together.
    private const long Columns = 240;

    // Look-ups of so few records ask for their rows.
    private const int Few = 16;

    // Records in memory, over all scopes: some 40 MiB.
    private const int MostRecords = 1_000_000;

    private readonly ConcurrentDictionary<(string Scope, long Number), Kept> _sections = new();
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _reading = new(StringComparer.Ordinal);

    /// <summary>Where these records are; one that is not there is left out.</summary>
    public async Task<Dictionary<ConnectWiseId, LinkTarget>> FindAsync(
        string scope, IReadOnlyCollection<ConnectWiseId> ids, CancellationToken cancellation)
    {
        if (ids.Count <= Few)
        {
            return await FindRowsAsync(scope, ids, cancellation).ConfigureAwait(false);
        }

        var stamps = await table.FindAsync(StampsOf(scope), cancellation).ConfigureAwait(false);
        var found = new Dictionary<ConnectWiseId, LinkTarget>(ids.Count);
        var unstamped = new List<ConnectWiseId>();
        foreach (var wanted in ids.GroupBy(id => id.Value / SectionSize))
        {
            if (stamps?.GetGuid(ColumnOf(wanted.Key)) is not { } stamp)
            {
                unstamped.AddRange(wanted);
                continue;
            }

            var section = await SectionAsync(scope, wanted.Key, stamp, cancellation).ConfigureAwait(false);
            foreach (var id in wanted)
            {
                if (section.Find(id) is { } target)
                {
                    found[id] = target;
                }
            }
        }

        if (unstamped.Count > 0 && !stampsTellAll)
        {
            foreach (var (id, target) in await FindRowsAsync(scope, unstamped, cancellation).ConfigureAwait(false))
            {
                found[id] = target;
            }
        }

        return found;
    }

    /// <summary>The same from the rows alone.</summary>
    public async Task<Dictionary<ConnectWiseId, LinkTarget>> FindRowsAsync(
        string scope, IReadOnlyCollection<ConnectWiseId> ids, CancellationToken cancellation)
    {
        var rows = await LinkRows.FindAsync(table, scope, ids, LinkRows.TargetColumns, cancellation).ConfigureAwait(false);
        var found = new Dictionary<ConnectWiseId, LinkTarget>(ids.Count);
        foreach (var id in ids)
        {
            // Rows that lie between came along.
            if (rows.TryGetValue(RowKeys.Row(id.Value), out var row) && !LinkRows.IsFence(row))
            {
                found[id] = LinkRows.Target(row);
            }
        }

        return found;
    }

    /// <summary>Tells everybody that rows of these ids were written, or may have been.</summary>
    public async Task RenewAsync(string scope, IEnumerable<ConnectWiseId> ids)
    {
        var address = StampsOf(scope);
        var row = new TableEntity(address.Partition, address.Row);
        foreach (var column in ids.Select(id => ColumnOf(id.Value / SectionSize)).Distinct())
        {
            row[column] = Guid.NewGuid();
        }

        // Not to be cancelled: the rows are there.
        await table.UpsertEntityAsync(row, TableUpdateMode.Merge, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Gives the memory back of a scope that is not looked into any more.</summary>
    public void Forget(string scope)
    {
        foreach (var key in _sections.Keys.Where(key => key.Scope == scope))
        {
            _sections.TryRemove(key, out _);
        }

        _reading.TryRemove(scope, out _);
    }

    private async Task<TargetSection> SectionAsync(string scope, long number, Guid stamp, CancellationToken cancellation)
    {
        // One reads a section, and the others wait for it.
        var reading = _reading.GetOrAdd(scope, _ => new SemaphoreSlim(1));
        await reading.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var now = time.GetUtcNow();
            if (_sections.TryGetValue((scope, number), out var kept) && kept.Stamp == stamp && now < kept.ReadAt + Lifetime)
            {
                _sections[(scope, number)] = kept with { UsedAt = now };
                return kept.Section;
            }

            var section = new TargetSection();
            var range = new IdRange((number * SectionSize) - 1, ((number + 1) * SectionSize) - 1);
            await foreach (var row in LinkRows.ReadAsync(table, scope, range, LinkRows.TargetColumns, cancellation).ConfigureAwait(false))
            {
                if (!LinkRows.IsFence(row))
                {
                    section.Add(RowKeys.Id(row.RowKey), LinkRows.Target(row));
                }
            }

            _sections[(scope, number)] = new Kept(section, stamp, now, now);
            ForgetOldest();
            return section;
        }
        finally
        {
            reading.Release();
        }
    }

    private void ForgetOldest()
    {
        var records = 0L;
        foreach (var (key, kept) in _sections.OrderByDescending(section => section.Value.UsedAt))
        {
            records += kept.Section.Count;
            if (records > MostRecords && records > kept.Section.Count)
            {
                _sections.TryRemove(key, out _);
            }
        }
    }

    private static RowAddress StampsOf(string scope) => new($"{scope}{KeyText.Separator}index", "stamps");

    private static string ColumnOf(long section) => string.Create(CultureInfo.InvariantCulture, $"S{section % Columns}");

    private sealed record Kept(TargetSection Section, Guid Stamp, DateTimeOffset ReadAt, DateTimeOffset UsedAt);
}
