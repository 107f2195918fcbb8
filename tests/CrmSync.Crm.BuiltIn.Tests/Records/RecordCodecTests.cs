using CrmSync.Core;
using CrmSync.Core.Records;
using CrmSync.Crm.BuiltIn.Fields;
using CrmSync.Crm.BuiltIn.Records;

namespace CrmSync.Crm.BuiltIn.Tests.Records;

public sealed class RecordCodecTests
{
    [Fact]
    public void Decode_SchemaWithFieldsInAnotherOrder_FindsEach()
    {
        using var buffer = new PooledBuffer();
        using var encoder = new RecordEncoder(buffer);
        var json = encoder.Encode(Schema("a", "b", "c"), new() { ["a"] = "1", ["b"] = null, ["c"] = "3" }).ToArray();

        var fields = RecordDecoder.Decode(Schema("c", "d", "a"), json);

        Assert.Equal([new("c", "3"), new("d", null), new("a", "1")], fields.Select(field => new KeyValuePair<string, string?>(field.Key, field.Value)));
    }

    [Fact]
    public void Decode_KeyThatJsonEscapes_FindsIt()
    {
        using var buffer = new PooledBuffer();
        using var encoder = new RecordEncoder(buffer);
        var schema = Schema("custom:say \"hi\" \\ é", "b");
        var json = encoder.Encode(schema, new() { ["custom:say \"hi\" \\ é"] = "1", ["b"] = "2" }).ToArray();

        var fields = RecordDecoder.Decode(schema, json);

        Assert.Equal("1", fields["custom:say \"hi\" \\ é"]);
        Assert.Equal("2", fields["b"]);
    }

    private static EntitySchema Schema(params string[] keys) => new(
        Entity.Company, [.. keys.Select(key => new FieldDefinition { Key = key, Label = key, Kind = FieldKind.Text })]);
}
