using System.Text.Json.Nodes;
using CrmSync.Core.Ports;
using CrmSync.Core.Setup;
using CrmSync.Standalone.Setup;

namespace CrmSync.Standalone.Tests.Setup;

public sealed class StepResolverTests
{
    private static readonly StepOptions Companies = new()
    {
        Step = "companies",
        ConnectWise = new ConnectWiseChoices { Types = [new(1, "Client"), new(2, "Former Client"), new(3, "Vendor")] },
        Crm = new CrmChoices { CompanyTypes = ["Client", "Former client"] },
        NoType = true,
    };

    [Fact]
    public void Resolve_All_MapsEqualNamesAndTheRestToNoType()
    {
        var types = Resolve(Companies, SetupStep.Companies, """{ "types": "*" }""")["types"]!;

        Assert.True(JsonNode.DeepEquals(types, JsonNode.Parse("""
            [ { "connectWise": 1, "crm": "Client" }, { "connectWise": 2, "crm": "Former client" }, { "connectWise": 3, "crm": null },
                { "connectWise": null, "crm": null } ]
            """)), types.ToJsonString());
    }

    [Fact]
    public void Resolve_OwnLinesExceptAndAll_TakesOwnLinesFirstAndLeavesOut()
    {
        const string File = """{ "types": [ { "connectWise": "former client", "crm": "Client" }, "*" ], "except": [ "Vendor" ] }""";

        var types = Resolve(Companies, SetupStep.Companies, File)["types"]!;

        Assert.True(JsonNode.DeepEquals(types, JsonNode.Parse("""
            [ { "connectWise": 2, "crm": "Client" }, { "connectWise": 1, "crm": "Client" }, { "connectWise": null, "crm": null } ]
            """)), types.ToJsonString());
    }

    [Fact]
    public void Resolve_NumbersAndNoType_PassAsTheyAre()
    {
        const string File = """{ "types": [ { "connectWise": 3, "crm": null }, { "connectWise": "No type", "crm": "Client" } ] }""";

        var types = Resolve(Companies, SetupStep.Companies, File)["types"]!;

        Assert.True(JsonNode.DeepEquals(types, JsonNode.Parse("""[ { "connectWise": 3, "crm": null }, { "connectWise": null, "crm": "Client" } ]""")),
            types.ToJsonString());
    }

    [Fact]
    public void Resolve_ActivitiesAll_MapsOnlyEqualKinds()
    {
        var options = new StepOptions
        {
            Step = "activities",
            ConnectWise = new ConnectWiseChoices { Types = [new(1, "Call"), new(2, "E-mail"), new(9, "History")] },
        };

        var types = Resolve(options, SetupStep.Activities, """{ "types": "*" }""")["types"]!.AsArray();

        Assert.Equal(["call", "email", null], types.Select(type => type!["kind"]?.ToString()));
    }

    [Fact]
    public void Resolve_StagesAll_PutsStatusesBeforeStagesAndEndsWithTheRest()
    {
        var options = new StepOptions
        {
            Step = "opportunities",
            ConnectWise = new ConnectWiseChoices { Statuses = [new(1, "Open"), new(2, "Won")], Stages = [new(7, "2. Proposal")] },
            Crm = new CrmChoices { Pipelines = [new("Sales", ["Qualification", "Proposal", "Won"])] },
        };

        var stages = Resolve(options, SetupStep.Opportunities, """{ "types": "*", "stages": "*" }""")["stages"]!.AsArray();

        Assert.Equal(["Won", "Proposal", "Qualification"], stages.Select(stage => stage!["crmStage"]!.ToString()));
        Assert.Null(stages[2]!["status"]);
        Assert.Null(stages[2]!["stage"]);
    }

    private static JsonObject Resolve(StepOptions options, SetupStep step, string file) =>
        new StepResolver(options).Resolve(step, JsonNode.Parse(file)!.AsObject());
}
