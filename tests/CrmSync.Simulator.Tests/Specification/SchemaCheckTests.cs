using System.Text.Json.Nodes;

namespace CrmSync.Simulator.Tests.Specification;

/// <summary>The check itself must find what is wrong, or its silence says nothing.</summary>
public sealed class SchemaCheckTests
{
    private static readonly JsonObject Specification = JsonNode.Parse(
        """
        {"components":{"schemas":{
          "Thing":{"type":"object","required":["name"],"properties":{
            "id":{"type":"integer"},"name":{"type":"string","maxLength":3},"kind":{"type":"string","enum":["A","B"]},"at":{"type":"string","format":"date-time"},
            "flag":{"type":"boolean","nullable":true},"other":{"$ref":"#/components/schemas/Thing"},"all":{"type":"array","items":{"type":"number"}},
            "_info":{"type":"object","additionalProperties":{"type":"string"}}}}}}}
        """)!.AsObject();

    [Theory]
    [InlineData("""{"name":"x","id":1,"kind":"A","at":"2026-01-31T10:00:00Z","flag":null,"other":{"name":"y"},"all":[1,2.5],"_info":{"a":"b"}}""", null)]
    [InlineData("""{}""", "Thing lacks name")]
    [InlineData("""{"name":"long"}""", "Thing/name is too long: long")]
    [InlineData("""{"name":null}""", "Thing/name is null")]
    [InlineData("""{"name":1}""", "Thing/name is no string")]
    [InlineData("""{"name":"x","id":1.5}""", "Thing/id is no integer")]
    [InlineData("""{"name":"x","kind":"C"}""", "Thing/kind is no choice: C")]
    [InlineData("""{"name":"x","at":"2026-01-31T10:00:00.5Z"}""", "Thing/at is no date: 2026-01-31T10:00:00.5Z")]
    [InlineData("""{"name":"x","flag":"true"}""", "Thing/flag is no boolean")]
    [InlineData("""{"name":"x","other":{}}""", "Thing/other lacks name")]
    [InlineData("""{"name":"x","all":["1"]}""", "Thing/all[] is no number")]
    [InlineData("""{"name":"x","_info":{"a":1}}""", "Thing/_info/a is no string")]
    [InlineData("""{"name":"x","unknown":1}""", "Thing has the unknown member unknown")]
    public void Check_EachKindOfProblem_IsFound(string json, string? problem) =>
        Assert.Equal(problem is null ? [] : [problem], new SchemaCheck(Specification).CheckNamed("Thing", JsonNode.Parse(json)));
}
