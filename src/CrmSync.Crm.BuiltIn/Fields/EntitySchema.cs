using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using CrmSync.Core.Records;

namespace CrmSync.Crm.BuiltIn.Fields;

/// <summary>The fields of one entity of one tenant, ready for the hot paths. Immutable.</summary>
internal sealed class EntitySchema
{
    private readonly FrozenDictionary<string, SchemaField> _byKey;

    public EntitySchema(Entity entity, IReadOnlyList<FieldDefinition> definitions)
    {
        Entity = entity;
        Definitions = definitions;
        Fields = [.. definitions.Select((definition, index) => new SchemaField(index, definition))];
        References = [.. Fields.Where(field => field.Definition.Kind == FieldKind.Reference)];
        _byKey = Fields.ToFrozenDictionary(field => field.Key);
    }

    public Entity Entity { get; }

    public IReadOnlyList<FieldDefinition> Definitions { get; }

    public SchemaField[] Fields { get; }

    public SchemaField[] References { get; }

    public SchemaField? Find(string key) => _byKey.GetValueOrDefault(key);
}

/// <summary>A field and its place: stored values stand in the order of the fields.</summary>
internal sealed class SchemaField(int index, FieldDefinition definition)
{
    public int Index { get; } = index;

    public FieldDefinition Definition { get; } = definition;

    public string Key { get; } = definition.Key;

    public JsonEncodedText JsonKey { get; } = JsonEncodedText.Encode(definition.Key, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
}
