using System.Text.Json.Nodes;
using CrmSync.Standalone.Commands;
using CrmSync.Standalone.Tests.Support;

namespace CrmSync.Standalone.Tests.Demo;

public sealed class PlayedDemo : IAsyncLifetime
{
    private static readonly string[] Small = ["demo", "--companies", "60", "--latency", "0", "--exit"];

    internal CommandResult Json { get; private set; } = new(-1, "", "");

    internal CommandResult Plain { get; private set; } = new(-1, "", "");

    public async Task InitializeAsync()
    {
        Json = await CommandResult.OfAsync([.. Small, "--json"]);
        Plain = await CommandResult.OfAsync(Small);
    }

    public Task DisposeAsync() => Task.CompletedTask;
}

public sealed class DemoTests(PlayedDemo demo) : IClassFixture<PlayedDemo>
{
    private static readonly string[] RunFields = ["stages", "writes", "connectWiseRequests", "seconds", "floorSeconds", "forecast"];
    private static readonly string[] StageFields = ["stage", "read", "created", "updated", "linked", "unchanged", "skipped", "review", "failed"];
    private static readonly string[] StageNames = ["companies", "contacts", "solutions", "activities", "opportunities"];

    private JsonArray Runs => demo.Json.Json["runs"]!.AsArray();

    private JsonArray Syncs => demo.Json.Json["employees"]!.AsArray();

    [Fact]
    public void Demo_Json_IsOneObjectWithTheFieldsOfTheReportAndNothingElse()
    {
        Assert.True(demo.Json.Code == ExitCodes.Done, demo.Json.Error);
        Assert.Single(demo.Json.Output.Trim().Split('\n'));
        Assert.Empty(demo.Json.Error);
        Assert.Equal(["runs", "employees"], Keys(demo.Json.Json));
        Assert.Equal(2, Runs.Count);
        Assert.All(Runs, run =>
        {
            Assert.Equal(RunFields, Keys(run!));
            Assert.Equal(StageNames, run!["stages"]!.AsArray().Select(stage => stage!["stage"]!.ToString()));
            Assert.All(run["stages"]!.AsArray(), stage => Assert.Equal(StageFields, Keys(stage!)));
        });
    }

    [Fact]
    public void Demo_EveryStage_AccountsForEveryRecordRead() => Assert.All(Runs.SelectMany(run => run!["stages"]!.AsArray()), stage =>
    {
        var counted = new[] { "created", "updated", "linked", "unchanged", "review", "failed" }.Sum(name => (long)stage![name]!)
            + stage!["skipped"]!.AsObject().Sum(reason => (long)reason.Value!);
        Assert.Equal((long)stage["read"]!, counted);
    });

    [Fact]
    public void Demo_FirstRun_BringsRecordsOfEveryStageAndNamesReasons()
    {
        Assert.All(Runs[0]!["stages"]!.AsArray(), stage => Assert.True((long)stage!["created"]! > 0, stage.ToJsonString()));
        Assert.All(Runs[0]!["stages"]!.AsArray(), stage => Assert.Equal(0, (long)stage!["failed"]!));
        Assert.Contains("type-not-mapped", Keys(Runs[0]!["stages"]![0]!["skipped"]!));
        Assert.Contains("type-not-mapped", Keys(Runs[0]!["stages"]![3]!["skipped"]!));
    }

    [Fact]
    public void Demo_SecondRun_WritesNothing()
    {
        Assert.Equal(0, (long)Runs[1]!["writes"]!);
        Assert.All(Runs[1]!["stages"]!.AsArray(), stage => Assert.Equal(0, (long)stage!["created"]! + (long)stage["updated"]!));
    }

    [Fact]
    public void Demo_Employees_HaveTheSameReportsAndTheSecondWritesNothing()
    {
        Assert.Equal(2, Syncs.Count);
        Assert.All(Syncs, run => Assert.Equal(RunFields, Keys(run!)));
        var (first, second) = (Assert.Single(Syncs[0]!["stages"]!.AsArray())!, Assert.Single(Syncs[1]!["stages"]!.AsArray())!);
        Assert.Equal(StageFields, Keys(first));
        Assert.Equal("employees", first["stage"]!.ToString());
        Assert.True((long)first["created"]! > 0 && (long)first["linked"]! > 0, first.ToJsonString());
        Assert.Equal(1, (long)first["skipped"]!["email-without-id"]!);
        Assert.Equal(0, (long)Syncs[1]!["writes"]!);
        Assert.Equal((long)first["created"]! + (long)first["linked"]!, (long)second["unchanged"]!);
    }

    [Fact]
    public void Demo_OutputRedirected_IsPlainAndFitsEightyColumns()
    {
        Assert.True(demo.Plain.Code == ExitCodes.Done, demo.Plain.Error);
        Assert.DoesNotContain('\u001b', demo.Plain.Output + demo.Plain.Error);
        Assert.All(demo.Plain.Lines, line => Assert.True(line.Length <= 80, line));
        Assert.Contains("so nothing was written", demo.Plain.Output, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Keys(JsonNode node) => node.AsObject().Select(member => member.Key);
}
