using System.Text.Json;
using System.Text.Json.Nodes;
using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Core.Setup;
using CrmSync.Standalone.Commands;

namespace CrmSync.Standalone.Setup;

/// <summary>
/// Turns a step of a set-up file into what the API takes: names of ConnectWise's choices become their ids, and "*" becomes every choice that the
/// file does not name itself, mapped to the CRM's choice of the equal name. What an "except" names is left out of the "*".
/// </summary>
/// <param name="options">What both sides offer now.</param>
internal sealed class StepResolver(StepOptions options)
{
    private const string All = "*";
    private const string NoType = "No type";
    private static readonly string[] Places = ["connectWise", "type", "category", "billingCycle", "status", "stage"];

    private ConnectWiseChoices ConnectWise => options.ConnectWise ?? new ConnectWiseChoices();

    private CrmChoices Crm => options.Crm ?? new CrmChoices();

    /// <summary>The step's settings for the API.</summary>
    public JsonObject Resolve(SetupStep step, JsonObject file)
    {
        file.Remove("invite");
        switch (step)
        {
            case SetupStep.Users:
                Expand(file, "types", "connectWise", () => TypesBy(Crm.Roles));
                break;
            case SetupStep.Companies:
                Expand(file, "types", "connectWise", () => TypesBy(Crm.CompanyTypes));
                break;
            case SetupStep.Contacts:
                Expand(file, "types", "connectWise", () => TypesBy(Crm.ContactTypes));
                break;
            case SetupStep.Solutions:
                Expand(file, "combinations", "type", Combinations);
                break;
            case SetupStep.Activities:
                Expand(file, "types", "connectWise", Activities);
                break;
            case SetupStep.Opportunities:
                Expand(file, "types", "connectWise", () => TypesBy(Crm.OpportunityTypes));
                Expand(file, "stages", "stage", StagesByName);
                break;
            case SetupStep.Connection:
                break;
        }

        return file;
    }

    private void Expand(JsonObject file, string member, string excepted, Func<IEnumerable<JsonObject>> all)
    {
        var given = file[member] is JsonArray array ? array.Select(item => item?.DeepClone()).ToList() : [file[member]?.DeepClone()];
        var named = given.OfType<JsonObject>().Select(ToIds).ToList();
        if (given.Any(IsAll))
        {
            var except = (file["except"] as JsonArray ?? []).Select(item => IdOf(item, excepted)).ToList();
            named.AddRange(all().Where(item => !except.Any(id => JsonNode.DeepEquals(id, item[excepted])) && !named.Any(other => SamePlace(other, item))));
        }
        else if (given.Any(item => item is not JsonObject))
        {
            throw new CommandException(ExitCodes.WrongInput, $"The set-up file's \"{options.Step}\" has no list of \"{member}\".",
                $"Give a list, or \"{All}\" for all of equal names.");
        }

        file.Remove("except");
        file[member] = new JsonArray([.. named]);
    }

    private JsonObject ToIds(JsonObject item)
    {
        foreach (var name in item.Select(member => member.Key).ToList())
        {
            item[name] = IdOf(item[name], name);
        }

        return item;
    }

    // Only ConnectWise's choices have ids; the CRM goes by names. A number is an id already.
    private JsonNode? IdOf(JsonNode? value, string member)
    {
        if (value is not JsonValue text || !text.TryGetValue<string>(out var name))
        {
            return value?.DeepClone();
        }

        return member switch
        {
            "connectWise" when options.NoType && name == NoType && ConnectWise.Types.All(type => type.Name != NoType) => null,
            "connectWise" or "type" => NameMatch.Require(name, ConnectWise.Types, "type").Id,
            "category" => NameMatch.Require(name, ConnectWise.Categories, "category").Id,
            "billingCycle" => NameMatch.Require(name, ConnectWise.BillingCycles, "billing cycle").Id,
            "status" => NameMatch.Require(name, ConnectWise.Statuses, "status").Id,
            "stage" => NameMatch.Require(name, ConnectWise.Stages, "stage").Id,
            _ => value.DeepClone(),
        };
    }

    private IEnumerable<JsonObject> TypesBy(IReadOnlyList<string> names) => ConnectWise.Types
        .Select(type => new JsonObject { ["connectWise"] = type.Id, ["crm"] = NameMatch.Equal(type.Name, names) })
        .Concat(options.NoType ? [new JsonObject { ["connectWise"] = null, ["crm"] = null }] : []);

    private IEnumerable<JsonObject> Combinations() =>
        from type in ConnectWise.Types
        from category in ConnectWise.Categories
        from cycle in ConnectWise.BillingCycles.Select(cycle => (long?)cycle.Id).Append(null)
        select new JsonObject
        {
            ["type"] = type.Id,
            ["category"] = category.Id,
            ["billingCycle"] = cycle,
            ["crm"] = NameMatch.Equal(category.Name, Crm.SolutionCategories),
        };

    private IEnumerable<JsonObject> Activities() => ConnectWise.Types.Select(type => new JsonObject
    {
        ["connectWise"] = type.Id,
        ["kind"] = NameMatch.Kind(type.Name) is { } kind ? JsonSerializer.SerializeToNode(kind, CoreJson.Options) : null,
    });

    // Statuses before stages: a won opportunity is won at whatever stage it stands. The rest goes to the beginning of the first pipeline.
    private IEnumerable<JsonObject> StagesByName()
    {
        foreach (var status in ConnectWise.Statuses)
        {
            if (PlaceOf(status.Name) is var (pipeline, stage))
            {
                yield return Stage(status.Id, null, pipeline, stage);
            }
        }

        foreach (var connectWise in ConnectWise.Stages)
        {
            if (PlaceOf(connectWise.Name) is var (pipeline, stage))
            {
                yield return Stage(null, connectWise.Id, pipeline, stage);
            }
        }

        if (Crm.Pipelines.FirstOrDefault(pipeline => pipeline.Stages.Count > 0) is { } first)
        {
            yield return Stage(null, null, first.Name, first.Stages[0]);
        }
    }

    private (string Pipeline, string Stage)? PlaceOf(string name)
    {
        foreach (var pipeline in Crm.Pipelines)
        {
            if (NameMatch.Equal(name, pipeline.Stages) is { } stage)
            {
                return (pipeline.Name, stage);
            }
        }

        return null;
    }

    private static JsonObject Stage(long? status, long? stage, string pipeline, string crmStage) =>
        new() { ["status"] = status, ["stage"] = stage, ["pipeline"] = pipeline, ["crmStage"] = crmStage };

    private static bool IsAll(JsonNode? item) => item is JsonValue value && value.TryGetValue<string>(out var text) && text == All;

    // Two lines are about the same thing where all their ConnectWise choices are equal.
    private static bool SamePlace(JsonObject left, JsonObject right) =>
        Places.All(name => JsonNode.DeepEquals(left[name], right[name]));
}
