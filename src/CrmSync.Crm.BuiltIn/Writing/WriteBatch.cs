using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Crm.BuiltIn.Changes;
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
    private readonly PreparedWrites _writes;
    private readonly BatchContext _context;
    private readonly RecordScope _scope;
    private readonly List<(long Row, CrmWrite Write)> _lists = [];
    private readonly long _firstFree;
    private long _lastNumber;

    private WriteBatch(SqliteConnection connection, PreparedWrites writes)
    {
        (_connection, _writes, _scope) = (connection, writes, writes.Scope);
        _context = BatchContext.Read(connection, writes);
        _lastNumber = RecordTable.LastNumber(connection, _scope);
        _firstFree = _lastNumber;
    }

    /// <summary>Does the writes and answers them in order.</summary>
    /// <param name="connection">A connection in a write transaction.</param>
    /// <param name="writes">The writes, prepared for the schema as this transaction sees it.</param>
    /// <param name="times">When each is done, in milliseconds since 1970.</param>
    public static List<CrmWriteResult> Run(SqliteConnection connection, PreparedWrites writes, Func<int, long> times)
    {
        var batch = new WriteBatch(connection, writes);
        var results = new List<CrmWriteResult>(writes.Writes.Count);
        foreach (var write in writes.Writes)
        {
            results.Add(batch.Apply(write, times(write.Place)));
        }

        batch.Flush();
        return results;
    }

    /// <inheritdoc cref="Run(SqliteConnection, PreparedWrites, Func{int, long})" />
    public static List<CrmWriteResult> Run(
        SqliteConnection connection, TenantSchema schema, Entity entity, IReadOnlyList<CrmWrite> writes, Func<int, long> times)
    {
        using var prepared = new PreparedWrites(schema, entity, writes);
        return Run(connection, prepared, times);
    }

    private CrmWriteResult Apply(PreparedWrite prepared, long time)
    {
        if (prepared.MarksError is { } refused)
        {
            return Refused(refused);
        }

        var write = prepared.Write;
        var holder = write.ExternalKey is { } key ? _context.Holder(key) : null;
        return write.Id is { } id ? Change(id, prepared, holder, time)
            : holder is not null ? Found(holder, prepared)
            : Create(prepared, time);
    }

    private CrmWriteResult Create(PreparedWrite prepared, long time)
    {
        if ((prepared.FieldsError ?? RecordRules.CheckWhole(_context, prepared, prepared.Fields)) is { } refused)
        {
            return Refused(refused);
        }

        var draft = new RecordDraft(_scope.Row(++_lastNumber)) { Creation = prepared, Fields = prepared.Fields, ChangedAt = time };
        _context.Add(draft);
        _context.Give(draft, prepared.Write.ExternalKey);
        return Answer(draft, prepared, created: true);
    }

    // A repeated create: the fields are as its record has them by now, so that nobody's later edit is overwritten.
    private CrmWriteResult Found(RecordDraft holder, PreparedWrite prepared) => Answer(holder, prepared, created: false);

    private CrmWriteResult Change(CrmId id, PreparedWrite prepared, RecordDraft? holder, long time)
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

        if (prepared.FieldsError is { } refusedField)
        {
            return Refused(refusedField);
        }

        var (write, fields) = (prepared.Write, prepared.Over(draft.Fields));
        if (RecordRules.CheckWhole(_context, prepared, fields) is { } refused)
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
        return Answer(draft, prepared, created: false);
    }

    private CrmWriteResult Answer(RecordDraft draft, PreparedWrite prepared, bool created)
    {
        var write = prepared.Write;
        if (write.JoinList is not null || write.LeaveList is not null)
        {
            _lists.Add((draft.Row, write));
        }

        return new CrmWriteResult { Id = _scope.Id(draft.Row), Created = created, Stored = created && prepared.IsAsGiven ? write.Fields : StoredOf(draft, write) };
    }

    private static FieldValues StoredOf(RecordDraft draft, CrmWrite write)
    {
        var stored = new FieldValues(write.Fields.Count);
        foreach (ref readonly var field in write.Fields.AsSpan())
        {
            stored.Add(field.Key, draft.Fields[field.Key]);
        }

        return stored;
    }

    private void Flush()
    {
        FlushRecords();
        var lists = new ListMemberships(_connection, _scope.Tenant);
        foreach (var (row, write) in _lists)
        {
            lists.Leave(row, Canonical.Text(write.LeaveList));
            lists.Join(row, Canonical.Text(write.JoinList));
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
        RecordTable.Write(_connection, schema, drafts, _writes);
        ChangeTable.Add(_connection, _scope, drafts.Select(draft => draft.Row));
        FlushExternalKeys(drafts);
        FlushKeys(drafts, new RecordKeys(_scope, schema));
    }

    private void FlushKeys(List<RecordDraft> drafts, RecordKeys keys)
    {
        using var added = new KeyBatch(drafts.Count * KeyBatch.UsualOfARecord);
        var before = new List<IndexEntry>();
        var after = new List<IndexEntry>();
        foreach (var draft in drafts)
        {
            if (draft.IsAsPrepared)
            {
                added.Add(_writes.KeysOf(draft.Creation!), draft.Row);
                continue;
            }

            keys.Add(after, draft.Row, draft.Fields);
            if (draft.Before is { } old)
            {
                keys.Add(before, draft.Row, old.Fields);
            }
        }

        KeyTable.Remove(_connection, _scope, [.. before.Except(after)]);
        foreach (var entry in after.Except(before))
        {
            added.Add(entry);
        }

        KeyTable.Add(_connection, _scope, added);
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
