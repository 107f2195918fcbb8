using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Crm.BuiltIn.Fields;
using CrmSync.Crm.BuiltIn.Matching;
using CrmSync.Crm.BuiltIn.Records;
using CrmSync.Crm.BuiltIn.Tenants;
using Microsoft.Data.Sqlite;

namespace CrmSync.Crm.BuiltIn.Writing;

/// <summary>
/// Writes of one entity, done in one transaction and answered one by one: each sees what the ones before it did, and one that is refused
/// leaves nothing behind.
/// </summary>
internal sealed class WriteBatch
{
    private readonly SqliteConnection _connection;
    private readonly BatchContext _context;
    private readonly RecordScope _scope;
    private readonly List<(long Row, CrmWrite Write)> _lists = [];
    private readonly long _firstFree;
    private long _lastNumber;

    private WriteBatch(SqliteConnection connection, BatchContext context)
    {
        (_connection, _context, _scope) = (connection, context, context.Scope);
        _lastNumber = RecordTable.LastNumber(connection, _scope);
        _firstFree = _lastNumber;
    }

    /// <summary>Does the writes and answers them in order.</summary>
    /// <param name="connection">A connection in a write transaction.</param>
    /// <param name="schema">The tenant's schema.</param>
    /// <param name="entity">What is written.</param>
    /// <param name="writes">The writes.</param>
    /// <param name="times">When each is done, in milliseconds since 1970.</param>
    public static List<CrmWriteResult> Run(
        SqliteConnection connection, TenantSchema schema, Entity entity, IReadOnlyList<CrmWrite> writes, Func<int, long> times)
    {
        var batch = new WriteBatch(connection, BatchContext.Read(connection, schema, schema.Scope(entity), writes));
        var results = new List<CrmWriteResult>(writes.Count);
        for (var i = 0; i < writes.Count; i++)
        {
            results.Add(batch.Apply(writes[i], times(i)));
        }

        batch.Flush();
        return results;
    }

    private CrmWriteResult Apply(CrmWrite write, long time)
    {
        if (RecordRules.CheckMarks(_scope.Entity, write) is { } refused)
        {
            return Refused(refused);
        }

        var holder = write.ExternalKey is { } key ? _context.Holder(key) : null;
        return write.Id is { } id ? Change(id, write, holder, time)
            : holder is not null ? Found(holder, write)
            : Create(write, time);
    }

    private CrmWriteResult Create(CrmWrite write, long time)
    {
        if (RecordRules.Merge(_context, write, null, out var fields) is { } refused)
        {
            return Refused(refused);
        }

        var draft = new RecordDraft(_scope.Row(++_lastNumber)) { Fields = fields, ChangedAt = time };
        _context.Add(draft);
        _context.Give(draft, write.ExternalKey);
        return Answer(draft, write, created: true);
    }

    // A repeated create: the fields are as its record has them by now, so that nobody's later edit is overwritten.
    private CrmWriteResult Found(RecordDraft holder, CrmWrite write) => Answer(holder, write, created: false);

    private CrmWriteResult Change(CrmId id, CrmWrite write, RecordDraft? holder, long time)
    {
        var draft = _context.Find(id);
        if (draft is null)
        {
            return Refused(CrmErrors.MissingRecord(_scope.Entity, id));
        }

        if (holder is not null && holder != draft)
        {
            return Refused(CrmErrors.KeyTaken(_scope.Id(holder.Row)));
        }

        if (RecordRules.Merge(_context, write, draft.Fields, out var fields) is { } refused)
        {
            return Refused(refused);
        }

        if (!fields.AsSpan().SequenceEqual(draft.Fields.AsSpan()))
        {
            // Later than before even when the clock was put back: a change is never mistaken for none.
            draft.ChangedAt = Math.Max(time, (draft.ChangedAt ?? draft.Before!.UpdatedAt) + 1);
            draft.Fields = fields;
        }

        _context.Give(draft, write.ExternalKey);
        return Answer(draft, write, created: false);
    }

    private CrmWriteResult Answer(RecordDraft draft, CrmWrite write, bool created)
    {
        if (write.JoinList is not null || write.LeaveList is not null)
        {
            _lists.Add((draft.Row, write));
        }

        var stored = new FieldValues(write.Fields.Count);
        foreach (ref readonly var field in write.Fields.AsSpan())
        {
            stored.Add(field.Key, draft.Fields[field.Key]);
        }

        return new CrmWriteResult { Id = _scope.Id(draft.Row), Created = created, Stored = stored };
    }

    private void Flush()
    {
        FlushRecords();
        foreach (var (row, write) in _lists)
        {
            if (Canonical.Text(write.LeaveList) is { } left)
            {
                ListTable.Leave(_connection, _scope.Tenant, left, row);
            }

            if (Canonical.Text(write.JoinList) is { } joined)
            {
                ListTable.Join(_connection, _scope.Tenant, joined, row);
            }
        }

        if (_lastNumber > _firstFree)
        {
            RecordTable.WriteLastNumber(_connection, _scope, _lastNumber);
        }
    }

    private void FlushRecords()
    {
        var drafts = _context.Drafts.Where(draft => draft.ChangedAt is not null || draft.ExternalKey != draft.Before?.ExternalKey).ToList();
        var schema = _context.Schema.Of(_scope.Entity);
        RecordTable.Write(_connection, schema, drafts.Select(draft => draft.After));
        FlushExternalKeys(drafts);
        FlushKeys(drafts, new RecordKeys(_scope, schema));
    }

    private void FlushKeys(List<RecordDraft> drafts, RecordKeys keys)
    {
        var before = new List<IndexEntry>();
        var after = new List<IndexEntry>(drafts.Count * 4);
        foreach (var draft in drafts)
        {
            keys.Add(after, draft.Row, draft.Fields);
            if (draft.Before is { } old)
            {
                keys.Add(before, draft.Row, old.Fields);
            }
        }

        if (before.Count > 0)
        {
            KeyTable.Remove(_connection, [.. before.Except(after).Order()]);
            after = [.. after.Except(before)];
        }

        // In the order of the index, so that neighbours are written together.
        after.Sort();
        KeyTable.Add(_connection, after);
    }

    // First every key that is given up, then every key that is taken: records may swap theirs.
    private void FlushExternalKeys(List<RecordDraft> drafts)
    {
        var moved = drafts.Where(draft => draft.ExternalKey != draft.Before?.ExternalKey).ToList();
        KeyTable.RemoveExternal(_connection, _scope, moved.Select(draft => draft.Before?.ExternalKey).OfType<string>());
        KeyTable.AddExternal(_connection, _scope, moved.Where(draft => draft.ExternalKey is not null).Select(draft => (draft.ExternalKey!, draft.Row)));
    }

    private static CrmWriteResult Refused(CrmError error) => new() { Error = error };
}
