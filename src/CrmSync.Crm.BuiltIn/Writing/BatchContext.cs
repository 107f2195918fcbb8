using CrmSync.Core.Records;
using CrmSync.Crm.BuiltIn.Fields;
using CrmSync.Crm.BuiltIn.Matching;
using CrmSync.Crm.BuiltIn.Records;
using Microsoft.Data.Sqlite;

namespace CrmSync.Crm.BuiltIn.Writing;

/// <summary>What a batch needs to know of the database, read in a few queries before its first write is looked at.</summary>
internal sealed class BatchContext
{
    private readonly Dictionary<long, RecordDraft> _drafts = [];
    private readonly Dictionary<string, long> _externalKeys;
    private readonly HashSet<long> _references;

    private BatchContext(PreparedWrites writes, Dictionary<string, long> externalKeys, HashSet<long> references) =>
        (Schema, Scope, _externalKeys, _references) = (writes.Schema, writes.Scope, externalKeys, references);

    public TenantSchema Schema { get; }

    public RecordScope Scope { get; }

    /// <summary>The records that the batch has touched, new ones included.</summary>
    public IEnumerable<RecordDraft> Drafts => _drafts.Values;

    public static BatchContext Read(SqliteConnection connection, PreparedWrites batch)
    {
        var scope = batch.Scope;
        var externalKeys = KeyTable.External(connection, scope, batch.Writes.Select(write => write.Write.ExternalKey).OfType<string>());
        var context = new BatchContext(batch, externalKeys, RecordTable.Existing(connection, batch.References));
        var rows = batch.Writes.Select(write => write.Write.Id is { } id ? scope.Row(id) : null).OfType<long>().Concat(externalKeys.Values).Distinct();
        foreach (var record in RecordTable.Read(connection, batch.Schema.Of(scope.Entity), rows))
        {
            context.Add(new RecordDraft(record.Row) { Before = record, ExternalKey = record.ExternalKey, Fields = record.Fields });
        }

        return context;
    }

    public RecordDraft? Find(CrmId id) => Scope.Row(id) is { } row ? _drafts.GetValueOrDefault(row) : null;

    public RecordDraft? Holder(string externalKey) => _externalKeys.TryGetValue(externalKey, out var row) ? _drafts[row] : null;

    /// <summary>Whether the record that a reference names is there.</summary>
    public bool Exists(Entity entity, string id) => Scope.Of(entity).Row(new CrmId(id)) is { } row && _references.Contains(row);

    public void Add(RecordDraft draft) => _drafts.Add(draft.Row, draft);

    public void Give(RecordDraft draft, string? externalKey)
    {
        if (externalKey is null || draft.ExternalKey == externalKey)
        {
            return;
        }

        if (draft.ExternalKey is { } old)
        {
            _externalKeys.Remove(old);
        }

        draft.ExternalKey = externalKey;
        _externalKeys[externalKey] = draft.Row;
    }
}

/// <summary>A record while its batch is under way: as it was, and as it will be.</summary>
internal sealed class RecordDraft(long row)
{
    public long Row { get; } = row;

    /// <summary>As it stands in the database; null for one that the batch creates.</summary>
    public StoredRecord? Before { get; init; }

    /// <summary>The write that creates it; null for one that was there.</summary>
    public PreparedWrite? Creation { get; init; }

    public string? ExternalKey { get; set; }

    public required FieldValues Fields { get; set; }

    /// <summary>When its fields were changed; null as long as they were not.</summary>
    public long? ChangedAt { get; set; }

    /// <summary>Whether it is to be stored just as its creation was prepared.</summary>
    public bool IsAsPrepared => Creation is not null && ReferenceEquals(Creation.Fields, Fields);

    /// <summary>The time of its last change, as it is to be stored.</summary>
    public long UpdatedAt => ChangedAt ?? Before!.UpdatedAt;
}
