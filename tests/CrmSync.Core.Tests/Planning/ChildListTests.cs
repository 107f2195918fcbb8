using System.Text.Json;
using CrmSync.Core.Records;

namespace CrmSync.Core.Tests.Planning;

/// <summary>OP-3: lines and notes have one canonical text, in the form that the serialiser gives their members.</summary>
public sealed class ChildListTests
{
    private static readonly LineItem Full = new()
    {
        Id = "7",
        Solution = "C-1",
        Description = "\"Müller\" 🎉 <b>",
        Quantity = 2.50m,
        Revenue = -1.10m,
        Cost = 0.00m,
        BillingCycle = "Monthly",
    };

    [Fact]
    public void Lines_WrittenAndRead_AreTheSameInTheOrderOfTheirIds()
    {
        LineItem[] lines = [new() { Id = "10" }, Full, new() { Id = "9", Revenue = 3 }];

        var text = LineItem.Write(lines);

        Assert.Equal([Full, lines[2], lines[0]], LineItem.Read(text));
        Assert.Equal(
            """[{"id":"9","quantity":1,"revenue":3,"cost":0},{"id":"10","quantity":1,"revenue":0,"cost":0}]""",
            LineItem.Write([lines[2], lines[0]]));
        Assert.Equal(text, LineItem.Write(LineItem.Read(text)));
    }

    [Fact]
    public void Notes_WrittenAndRead_AreTheSame()
    {
        NoteEntry[] notes = [new() { Id = "1", Text = "a\nb" }, new() { Id = "2", Text = "é", EnteredBy = "Jo" }];

        Assert.Equal(notes, NoteEntry.Read(NoteEntry.Write(notes)));
        Assert.Equal("""[{"id":"1","text":"x"}]""", NoteEntry.Write([new() { Id = "1", Text = "x" }]));
    }

    [Fact]
    public void Lists_None_AreNull()
    {
        Assert.Null(LineItem.Write([]));
        Assert.Null(NoteEntry.Write([]));
        Assert.Empty(LineItem.Read(null));
        Assert.Empty(NoteEntry.Read("[]"));
    }

    [Theory]
    [InlineData("""[{"id":"1","quantity":2,"unknown":{"id":[1]}}]""")]
    [InlineData("""[{"quantity":2,"id":"1"}]""")]
    public void Lines_WithMembersInAnyOrderAndUnknownOnes_AreRead(string text) => Assert.Equal([new LineItem { Id = "1", Quantity = 2 }], LineItem.Read(text));

    [Theory]
    [InlineData("1")]
    [InlineData("[1]")]
    [InlineData("[null]")]
    [InlineData("[[]]")]
    [InlineData("[{}]")]
    [InlineData("""[{"id":null}]""")]
    [InlineData("""[{"id":1}]""")]
    [InlineData("""[{"id":"1","text":"x","quantity":"2"}]""")]
    [InlineData("""[{"id":"1","text":2,"revenue":null}]""")]
    [InlineData("""[{"id":"1","text":"x","cost":1e99}""")]
    public void Lists_OfSomethingElse_AreRefused(string text)
    {
        Assert.ThrowsAny<JsonException>(() => LineItem.Read(text));
        if (!text.Contains("quantity", StringComparison.Ordinal))
        {
            Assert.ThrowsAny<JsonException>(() => NoteEntry.Read(text));
        }
    }
}
