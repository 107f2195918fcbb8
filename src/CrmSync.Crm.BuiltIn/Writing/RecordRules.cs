using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Crm.BuiltIn.Fields;

namespace CrmSync.Crm.BuiltIn.Writing;

/// <summary>What a record accepts as a whole, beyond what each of its fields accepts.</summary>
internal static class RecordRules
{
    public const int LongestExternalKey = 200;
    public const int LongestList = 255;

    /// <summary>The fields of a write in their stored form, within all fields of the entity. An error where one is refused or unknown.</summary>
    /// <param name="schema">The entity's fields.</param>
    /// <param name="write">The write.</param>
    /// <param name="given">Set for the fields that the write gives.</param>
    /// <param name="fields">All fields of the entity in their order; blank where nothing is given.</param>
    /// <param name="asGiven">Whether the stored form of all that is given is what was given.</param>
    public static CrmError? CheckFields(EntitySchema schema, CrmWrite write, bool[] given, out FieldValues fields, out bool asGiven)
    {
        fields = new FieldValues(schema.Fields.Length);
        asGiven = true;
        var known = 0;
        for (var i = 0; i < schema.Fields.Length; i++)
        {
            var field = schema.Fields[i];
            string? value = null;
            if (write.Fields.TryGet(field.Key, out var text))
            {
                known++;
                given[i] = true;
                if (FieldRules.Check(field.Definition, text, out value) is { } refused)
                {
                    return refused;
                }

                asGiven &= value == text;
            }

            fields.Add(field.Key, value);
        }

        return known < write.Fields.Count ? UnknownField(schema, write) : null;
    }

    /// <summary>Whether the external key and the lists of a write can be taken; an error where not.</summary>
    public static CrmError? CheckMarks(Entity entity, CrmWrite write)
    {
        if (write.ExternalKey is { } key && (key.Length is 0 or > LongestExternalKey || key.Trim() != key || key.AsSpan().ContainsAnyInRange('\ud800', '\udfff')))
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

    /// <summary>Whether the record as it would be after a write can be; an error where not.</summary>
    public static CrmError? CheckWhole(BatchContext context, PreparedWrite prepared, FieldValues after)
    {
        var write = prepared.Write;
        var schema = context.Schema.Of(context.Scope.Entity);
        var required = StandardFields.Required(schema.Entity);
        if (!HasAny(after, required))
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

        return schema.Entity == Entity.Opportunity ? CheckOpportunity(context, schema, prepared, after) : null;
    }

    private static bool HasAny(FieldValues fields, IReadOnlyList<string> keys)
    {
        for (var i = 0; i < keys.Count; i++)
        {
            if (fields[keys[i]] is not null)
            {
                return true;
            }
        }

        return false;
    }

    private static CrmError? CheckOpportunity(BatchContext context, EntitySchema schema, PreparedWrite prepared, FieldValues after)
    {
        var write = prepared.Write;
        if (prepared.Solutions.FirstOrDefault(id => !context.Exists(Entity.Solution, id)) is { } missing)
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
