using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrmSync.Core.Planning;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;

namespace CrmSync.Core.Tests.Planning;

/// <summary>IM-9, PL-1: a plan's lines are kept in the form that the serialiser gives their members, so that anything reads them.</summary>
public sealed class PlanLineConverterTests
{
    private static readonly PlanLine Bare = new() { Entry = Entry(Outcome.Skipped) };

    private static readonly PlanLine[] All =
    [
        Bare,
        Bare with { Entry = Entry(Outcome.Review) with { Reason = "ambiguous", Message = "two \"Müller\" 🎉", Candidates = [new("C-1"), new("C-2")] } },
        new() { Entry = Entry(Outcome.Created), Operation = Operation(OperationKind.Create) with { JoinList = "Kunden" } },
        new()
        {
            Entry = Entry(Outcome.Updated) with
            {
                Crm = new("C-7"),
                Changes = [new FieldChange { Field = "name", Before = "a", After = "b", Note = "conflict", Lost = "c" }, new FieldChange { Field = "fax" }],
            },
            Operation = Operation(OperationKind.Update) with
            {
                Expect = new FieldValues { ["name"] = "a", ["fax"] = null },
                LeaveList = "Old",
                ConnectWiseBase = new FieldValues { ["name"] = "b" },
                CrmBase = new FieldValues(),
            },
        },
        new()
        {
            Entry = Entry(Outcome.Linked) with { Crm = new("C-7"), MatchedBy = "phone" },
            Operation = Operation(OperationKind.Link) with { Type = null, ConnectWiseUpdatedAt = null },
        },
        new() { Entry = Entry(Outcome.Updated), Operation = Operation(OperationKind.Bookkeep) with { Picture = new PictureLook("42") } },
        new() { Entry = Entry(Outcome.Updated), Operation = Operation(OperationKind.Bookkeep) with { Picture = new PictureLook() } },
    ];

    public static TheoryData<PlanLine> Lines => [.. All];

    [Theory]
    [MemberData(nameof(Lines))]
    public void Write_AnyLine_IsWhatTheSerialiserMakesOfItsMembers(PlanLine line)
    {
        var written = JsonNode.Parse(CoreJson.Serialize(line));
        var members = JsonNode.Parse(CoreJson.Serialize(new { line.Entry, line.Operation }))!;
        foreach (var list in (string[])["changes", "candidates"])
        {
            // An empty list is left out.
            if (members["entry"]![list]!.AsArray().Count == 0)
            {
                members["entry"]!.AsObject().Remove(list);
            }
        }

        Assert.True(JsonNode.DeepEquals(members, written), $"{members}\n{written}");
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void Read_WhatTheSerialiserMakesOfTheMembers_GivesTheSameLine(PlanLine line)
    {
        var json = CoreJson.Serialize(new { line.Entry, line.Operation, Later = new { Added = new[] { 1 } } });

        Assert.Equal(CoreJson.Serialize(line), CoreJson.Serialize(CoreJson.Deserialize<PlanLine>(json)));
        Assert.Equal(CoreJson.Serialize(line), CoreJson.Serialize(CoreJson.Deserialize<PlanLine>(CoreJson.Serialize(line))));
    }

    [Fact]
    public void JsonLines_OfAllLines_AreReadBackOneByOne()
    {
        using var content = JsonLines.Write(All);

        Assert.Equal(All.Length, Encoding.UTF8.GetString(content.Span).Count(c => c == '\n'));
        Assert.Equal(All.Select(line => CoreJson.Serialize(line)), JsonLines.Read<PlanLine>(content.Memory).Select(line => CoreJson.Serialize(line)));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"entry":{"id":1,"entity":"company"}}""")]
    [InlineData("""{"entry":{"id":1,"entity":"nothing","outcome":"created"}}""")]
    [InlineData("""{"entry":{"id":1,"entity":"company","outcome":"created"},"operation":{"kind":"create"}}""")]
    [InlineData("""{"entry":{"id":1,"entity":"company","outcome":"cre""")]
    public void Read_NoLine_IsRefused(string json) => Assert.ThrowsAny<JsonException>(() => CoreJson.Deserialize<PlanLine>(json));

    private static RecordLogEntry Entry(Outcome outcome) => new() { Id = new(12), Entity = Entity.Company, Outcome = outcome };

    private static Operation Operation(OperationKind kind) => new()
    {
        Kind = kind,
        Write = new FieldValues { ["name"] = "Müller & Söhne", ["custom:9"] = "7", ["phone"] = null },
        Type = 3,
        ConnectWiseUpdatedAt = new DateTimeOffset(2026, 11, 28, 9, 30, 1, TimeSpan.Zero),
    };
}
