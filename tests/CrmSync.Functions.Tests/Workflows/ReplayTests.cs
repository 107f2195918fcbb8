using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrmSync.Core.Runs;
using CrmSync.Functions.Tests.Support;

namespace CrmSync.Functions.Tests.Workflows;

/// <summary>An orchestration decides by its history alone: delivered again, whole or in part, it gives the same decisions (IM-5).</summary>
public sealed class ReplayTests
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string Root = FindRoot();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task History_DeliveredAgain_GivesTheSameDecisions(int seed)
    {
        var conductor = new Conductor(FakeAccount.Few.Catalog());
        await conductor.RunAsync(seed);

        Assert.Equal(RunState.Completed, conductor.Ending.State);
        Assert.Equal(conductor.Orchestration.Decisions, await conductor.ReplayAsync(conductor.History.Count));
    }

    [Fact]
    public async Task History_DeliveredInPart_GivesTheBeginningOfTheSameDecisions()
    {
        var conductor = new Conductor(FakeAccount.Few.Catalog());
        await conductor.RunAsync(6);

        for (var events = 0; events < conductor.History.Count; events++)
        {
            var decisions = await conductor.ReplayAsync(events);
            Assert.Equal(conductor.Orchestration.Decisions.Take(decisions.Count), decisions);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(25)]
    public async Task History_WithACancellation_IsReplayedTheSameAndEndsCancelled(int before)
    {
        var conductor = new Conductor(FakeAccount.Few.Catalog()) { CancelBefore = before };
        await conductor.RunAsync(7);

        Assert.Equal(RunState.Cancelled, conductor.Ending.State);
        Assert.Equal(conductor.Orchestration.Decisions, await conductor.ReplayAsync(conductor.History.Count));
    }

    [Fact]
    public async Task Order_InWhichStepsEnd_DoesNotChangeHowTheRunEnds()
    {
        var endings = new List<string>();
        for (var seed = 10; seed < 20; seed++)
        {
            var conductor = new Conductor(FakeAccount.Few.Catalog());
            await conductor.RunAsync(seed);
            endings.Add(conductor.Ending.ToElement().GetRawText());
        }

        Assert.Single(endings.Distinct());
    }

    [Fact]
    public async Task History_OfTheVersionThatIsDeployed_IsDecidedTheSame_F45()
    {
        var file = Path.Combine(Root, "tests", "CrmSync.Functions.Tests", "Histories", $"import-{Version()}.json");
        if (!File.Exists(file))
        {
            var now = new Conductor(FakeAccount.Few.Catalog());
            await now.RunAsync(8);
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new Recording(now.History, now.Orchestration.Decisions), Readable));
            Assert.Fail("There was no history of this version. One has been recorded: keep it.");
        }

        var recorded = JsonSerializer.Deserialize<Recording>(await File.ReadAllTextAsync(file))!;
        var conductor = new Conductor(FakeAccount.Few.Catalog());
        conductor.History.AddRange(recorded.History);
        var decisions = await conductor.ReplayAsync(recorded.History.Count);

        Assert.True(recorded.Decisions.SequenceEqual(decisions),
            "Runs that are under way at the next deployment would break off: go back, or raise defaultVersion in host.json and record a history of it.");
    }

    private static string Version() =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Root, "host.json")))!["extensions"]!["durableTask"]!["defaultVersion"]!.GetValue<string>();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CrmSync.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }

    /// <summary>What happened to a run, and what it decided.</summary>
    private sealed record Recording(IReadOnlyList<Happened> History, IReadOnlyList<string> Decisions);
}
