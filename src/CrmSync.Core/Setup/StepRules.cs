using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Core.Setup;

/// <summary>Checks a step's settings against what both sides offer now (SU-5 to SU-9). Pure; the order of the problems is that of the settings.</summary>
internal static class StepRules
{
    public static IReadOnlyList<SetupProblem> Check(SetupStep step, TenantSetup setup, LiveSides live) => step switch
    {
        SetupStep.Connection => [],
        SetupStep.Users => [.. Types(setup.Users?.Types, "member type", live.ConnectWise.Types, "role", live.Crm.Roles)],
        SetupStep.Companies => [.. Companies(setup.Companies, live), .. FieldRules.Check(Entity.Company, setup.Companies?.Fields, live)],
        SetupStep.Contacts =>
        [
            .. Types(setup.Contacts?.Types, "contact type", live.ConnectWise.Types, "contact type", live.Crm.ContactTypes),
            .. FieldRules.Check(Entity.Contact, setup.Contacts?.Fields, live),
        ],
        SetupStep.Solutions => [.. Solutions(setup.Solutions, live), .. FieldRules.Check(Entity.Solution, setup.Solutions?.Fields, live)],
        SetupStep.Activities => [.. Activities(setup.Activities, live), .. FieldRules.Check(Entity.Activity, setup.Activities?.Fields, live)],
        SetupStep.Opportunities =>
        [
            .. Types(setup.Opportunities?.Types, "opportunity type", live.ConnectWise.Types, "opportunity type", live.Crm.OpportunityTypes),
            .. StagesOf(setup.Opportunities, live),
            .. FieldRules.Check(Entity.Opportunity, setup.Opportunities?.Fields, live),
        ],
    };

    private static IEnumerable<SetupProblem> Types(
        IReadOnlyList<TypeMapping>? types, string word, IReadOnlyList<Choice> choices, string crmWord, IReadOnlyList<string> crmChoices)
    {
        var seen = new HashSet<long?>();
        for (var i = 0; i < (types?.Count ?? 0); i++)
        {
            var type = types![i];
            foreach (var problem in Choose(type.ConnectWise, word, choices, $"/types/{i}/connectWise")
                .Concat(Choose(type.Crm, crmWord, crmChoices, $"/types/{i}/crm")))
            {
                yield return problem;
            }

            if (!seen.Add(type.ConnectWise))
            {
                yield return Duplicate(word, NameOf(type.ConnectWise, choices), $"/types/{i}/connectWise");
            }
        }
    }

    private static IEnumerable<SetupProblem> Companies(CompaniesSettings? settings, LiveSides live)
    {
        foreach (var problem in Types(
            settings?.Types.Select(type => new TypeMapping(type.ConnectWise, type.Crm)).ToList(), "company type", live.ConnectWise.Types, "company type", live.Crm.CompanyTypes))
        {
            yield return problem;
        }

        for (var i = 0; i < (settings?.Types.Count ?? 0); i++)
        {
            // A list is created when it is missing (CT-1), so any name will do; a blank one is none.
            if (settings!.Types[i].List is { } list && (string.IsNullOrWhiteSpace(list) || !live.Capabilities.Lists))
            {
                yield return string.IsNullOrWhiteSpace(list)
                    ? new("value-blank", "The name of the contact list is blank.", "Name the list, or leave it out.", $"/types/{i}/list")
                    : new("lists-not-supported", "This CRM keeps no contact lists.", "Leave the list out.", $"/types/{i}/list");
            }
        }
    }

    private static IEnumerable<SetupProblem> Solutions(SolutionsSettings? settings, LiveSides live)
    {
        var seen = new HashSet<(long, long, long?)>();
        for (var i = 0; i < (settings?.Combinations.Count ?? 0); i++)
        {
            var combination = settings!.Combinations[i];
            var at = $"/combinations/{i}";
            foreach (var problem in Choose(combination.Type, "catalog type", live.ConnectWise.Types, $"{at}/type")
                .Concat(Choose(combination.Category, "category", live.ConnectWise.Categories, $"{at}/category"))
                .Concat(Choose(combination.BillingCycle, "billing cycle", live.ConnectWise.BillingCycles, $"{at}/billingCycle"))
                .Concat(Choose(combination.Crm, "solution category", live.Crm.SolutionCategories, $"{at}/crm")))
            {
                yield return problem;
            }

            if (!seen.Add((combination.Type, combination.Category, combination.BillingCycle)))
            {
                yield return Duplicate("combination", $"{NameOf(combination.Type, live.ConnectWise.Types)}, {NameOf(combination.Category, live.ConnectWise.Categories)}", at);
            }
        }
    }

    private static IEnumerable<SetupProblem> Activities(ActivitiesSettings? settings, LiveSides live)
    {
        var seen = new HashSet<long>();
        for (var i = 0; i < (settings?.Types.Count ?? 0); i++)
        {
            var type = settings!.Types[i];
            var field = $"/types/{i}/connectWise";
            foreach (var problem in Choose(type.ConnectWise, "activity type", live.ConnectWise.Types, field))
            {
                yield return problem;
            }

            if (!seen.Add(type.ConnectWise))
            {
                yield return Duplicate("activity type", NameOf(type.ConnectWise, live.ConnectWise.Types), field);
            }
        }
    }

    private static IEnumerable<SetupProblem> StagesOf(OpportunitiesSettings? settings, LiveSides live)
    {
        var seen = new HashSet<(long?, long?)>();
        for (var i = 0; i < (settings?.Stages.Count ?? 0); i++)
        {
            var stage = settings!.Stages[i];
            var at = $"/stages/{i}";
            foreach (var problem in Choose(stage.Status, "status", live.ConnectWise.Statuses, $"{at}/status")
                .Concat(Choose(stage.Stage, "stage", live.ConnectWise.Stages, $"{at}/stage"))
                .Concat(Choose(stage.Pipeline, "pipeline", [.. live.Crm.Pipelines.Select(pipeline => pipeline.Name)], $"{at}/pipeline")))
            {
                yield return problem;
            }

            if (live.Crm.Pipelines.FirstOrDefault(pipeline => pipeline.Name == stage.Pipeline) is { } chosen)
            {
                foreach (var problem in Choose(stage.CrmStage, $"stage of the pipeline \"{chosen.Name}\"", chosen.Stages, $"{at}/crmStage"))
                {
                    yield return problem;
                }
            }

            if (!seen.Add((stage.Status, stage.Stage)))
            {
                yield return Duplicate("status and stage", $"{Any(stage.Status, live.ConnectWise.Statuses)} and {Any(stage.Stage, live.ConnectWise.Stages)}", at);
            }
        }
    }

    private static IEnumerable<SetupProblem> Choose(long? id, string word, IReadOnlyList<Choice> choices, string field)
    {
        if (id is not null && choices.All(choice => choice.Id != id))
        {
            yield return new("choice-unknown", $"ConnectWise has no {word} with the id {id}.", $"Choose a {word} that exists, or take it out.", field);
        }
    }

    private static IEnumerable<SetupProblem> Choose(string? name, string word, IReadOnlyList<string> choices, string field)
    {
        if (name is not null && !choices.Contains(name, StringComparer.Ordinal))
        {
            yield return new("choice-unknown", $"The CRM has no {word} \"{name}\".", $"Choose a {word} that exists, or create it in the CRM.", field);
        }
    }

    private static SetupProblem Duplicate(string word, string name, string field) => new(
        "mapped-twice", $"The {word} \"{name}\" is mapped more than once.", "Keep one of the mappings.", field);

    private static string NameOf(long? id, IReadOnlyList<Choice> choices) =>
        id is null ? "No type" : choices.FirstOrDefault(choice => choice.Id == id)?.Name ?? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{id}");

    private static string Any(long? id, IReadOnlyList<Choice> choices) => id is null ? "any" : NameOf(id, choices);
}
