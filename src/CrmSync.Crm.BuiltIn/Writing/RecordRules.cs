using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Crm.BuiltIn.Fields;

namespace CrmSync.Crm.BuiltIn.Writing;

/// <summary>What a record accepts as a whole, beyond what each of its fields accepts.</summary>
internal static class RecordRules
{
    public const int LongestExternalKey = 200;
    public const int LongestList = 255;

    /// <summary>The record's fields once a write is done: those that were given in their stored form, the others as they were. An error where it is refused.</summary>
    public static CrmError? Merge(BatchContext context, CrmWrite write, FieldValues? before, out FieldValues after)
    {
        var schema = context.Schema.Of(context.Scope.Entity);
        after = new FieldValues(schema.Fields.Length);
        var known = 0;
        foreach (var field in schema.Fields)
        {
            if (!write.Fields.TryGet(field.Key, out var given))
            {
                after.Add(field.Key, before?[field.Key]);
                continue;
            }

            known++;
            if (FieldRules.Check(field.Definition, given, out var value) is { } refused)
            {
                return refused;
            }

            after.Add(field.Key, value);
        }

        return known < write.Fields.Count ? UnknownField(schema, write) : CheckWhole(context, schema, write, after);
    }

    /// <summary>Whether the external key and the lists of a write can be taken; an error where not.</summary>
    public static CrmError? CheckMarks(Entity entity, CrmWrite write)
    {
        if (write.ExternalKey is { } key && (key.Length is 0 or > LongestExternalKey || key.Trim() != key || key.Any(char.IsSurrogate)))
        {
            return CrmErrors.KeyInvalid(LongestExternalKey);
        }

        if (write.JoinList is null && write.LeaveList is null)
        {
            return null;
        }

        return entity != Entity.Contact ? CrmErrors.ListNotAllowed(entity)
            : IsListName(write.JoinList) && IsListName(write.LeaveList) ? null
            : CrmErrors.ListInvalid(LongestList);
    }

    private static bool IsListName(string? name) => name is null || Canonical.Text(name) is { Length: <= LongestList };

    private static CrmError UnknownField(EntitySchema schema, CrmWrite write) =>
        CrmErrors.UnknownField(schema.Entity, write.Fields.First(field => schema.Find(field.Key) is null).Key);

    private static CrmError? CheckWhole(BatchContext context, EntitySchema schema, CrmWrite write, FieldValues after)
    {
        var required = StandardFields.Required(schema.Entity);
        if (required.All(key => after[key] is null))
        {
            return CrmErrors.Required(required.Select(key => schema.Find(key)!.Definition.Label));
        }

        foreach (var field in schema.References)
        {
            if (write.Fields.Has(field.Key) && after[field.Key] is { } id && !context.Exists(field.Definition.References!.Value, id))
            {
                return CrmErrors.MissingReference(field.Definition, id);
            }
        }

        return schema.Entity == Entity.Opportunity ? CheckOpportunity(context, schema, write, after) : null;
    }

    private static CrmError? CheckOpportunity(BatchContext context, EntitySchema schema, CrmWrite write, FieldValues after)
    {
        if (write.Fields.Has(FieldKeys.LineItems)
            && LineRules.Solutions(after[FieldKeys.LineItems]).FirstOrDefault(id => !context.Exists(Entity.Solution, id)) is { } missing)
        {
            return CrmErrors.MissingReference(schema.Find(FieldKeys.LineItems)!.Definition, missing);
        }

        // A stage that was not written may belong to a pipeline that people have changed since: that is theirs to put right.
        if ((write.Fields.Has(FieldKeys.Pipeline) || write.Fields.Has(FieldKeys.Stage))
            && after[FieldKeys.Pipeline] is { } pipeline && after[FieldKeys.Stage] is { } stage)
        {
            var stages = context.Schema.Choices.Pipelines.FirstOrDefault(known => known.Name == pipeline)?.Stages;
            return stages is null || stages.Contains(stage, StringComparer.OrdinalIgnoreCase) ? null : CrmErrors.StageElsewhere(pipeline, stage);
        }

        return null;
    }
}
