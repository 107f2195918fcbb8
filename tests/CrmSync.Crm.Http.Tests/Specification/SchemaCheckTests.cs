using System.Text.Json.Nodes;

namespace CrmSync.Crm.Http.Tests.Specification;

/// <summary>The check itself must find what is wrong, or its silence says nothing.</summary>
public sealed class SchemaCheckTests
{
    private static readonly JsonObject File = JsonNode.Parse(
        """
        {"components":{"schemas":{
          "Thing":{"type":"object","required":["name"],"properties":{
            "name":{"type":"string","minLength":1,"maxLength":3},"kind":{"type":"string","enum":["a","b"]},"only":{"type":"string","const":"v1"},
            "at":{"type":"string","format":"date-time"},"size":{"type":"integer","minimum":1,"maximum":9},"sum":{"type":"number"},"flag":{"type":"boolean"},
            "map":{"type":"object","additionalProperties":{"type":["string","null"]}},"all":{"type":"array","items":{"$ref":"#/components/schemas/Thing"}}}}}}}
        """)!.AsObject();

    [Theory]
    [InlineData("""{"name":"x","kind":"a","only":"v1","at":"2026-01-31T10:00:00Z","size":3,"sum":2.5,"flag":true,"map":{"a":null},"all":[{"name":"y"}]}""", null)]
    [InlineData("""{"sum":2,"name":"x"}""", null)]
    [InlineData("""[]""", "$ is array, not object")]
    [InlineData("""{}""", "$ lacks name")]
    [InlineData("""{"name":null}""", "$.name is null, not string")]
    [InlineData("""{"name":""}""", "$.name is too short")]
    [InlineData("""{"name":"long"}""", "$.name is too long")]
    [InlineData("""{"name":"x","kind":"c"}""", "$.kind is no choice: c")]
    [InlineData("""{"name":"x","only":"v2"}""", "$.only is not v1")]
    [InlineData("""{"name":"x","at":"2026-01-31T10:00:00+02:00"}""", "$.at is no time in UTC: 2026-01-31T10:00:00+02:00")]
    [InlineData("""{"name":"x","size":0}""", "$.size is out of range")]
    [InlineData("""{"name":"x","size":1.5}""", "$.size is number, not integer")]
    [InlineData("""{"name":"x","flag":"true"}""", "$.flag is string, not boolean")]
    [InlineData("""{"name":"x","map":{"a":1}}""", "$.map.a is integer, not string or null")]
    [InlineData("""{"name":"x","all":[{}]}""", "$.all[0] lacks name")]
    [InlineData("""{"name":"x","unknown":1}""", "$ has the unknown member unknown")]
    public void Check_EachKindOfProblem_IsFound(string json, string? problem) => Assert.Equal(
        problem is null ? [] : [problem], new SchemaCheck(File).Check(JsonNode.Parse("""{"$ref":"#/components/schemas/Thing"}""")!, JsonNode.Parse(json)));
}
