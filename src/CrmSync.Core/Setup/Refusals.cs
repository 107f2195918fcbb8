namespace CrmSync.Core.Setup;

/// <summary>The ways in which set-up says no.</summary>
internal static class Refusals
{
    /// <summary>Refuses settings for their problems: the first one speaks, and the details name every one by its JSON pointer.</summary>
    public static Refusal Of(SetupStep step, IReadOnlyList<SetupProblem> problems)
    {
        var refusal = Of(problems);
        return refusal with { Details = new Dictionary<string, string>(refusal.Details) { ["step"] = SetupSteps.NameOf(step) } };
    }

    /// <summary>Refuses settings that belong to no step.</summary>
    public static Refusal Of(IReadOnlyList<SetupProblem> problems)
    {
        var first = problems[0];
        var details = new Dictionary<string, string>();
        foreach (var problem in problems)
        {
            details.TryAdd(problem.Field ?? "/", problem.Message);
        }

        return new Refusal(RefusalKind.Invalid, first.Code, first.Message, first.Remedy) { Field = first.Field, Details = details };
    }

    /// <summary>SU-1.</summary>
    public static Refusal OutOfOrder(SetupStep missing) => new(
        RefusalKind.Conflict, "step-out-of-order", $"The step \"{SetupSteps.NameOf(missing)}\" has not been saved yet.", $"Save the step \"{SetupSteps.NameOf(missing)}\" first.")
    {
        Details = new Dictionary<string, string> { ["step"] = SetupSteps.NameOf(missing) },
    };

    public static Refusal Changed(SetupStep step) => new(
        RefusalKind.Conflict, "setup-changed", "Somebody else saved the set-up at the same moment, so nothing was saved.", "Look at the step again, then save it again.")
    {
        Details = new Dictionary<string, string> { ["step"] = SetupSteps.NameOf(step) },
    };

    public static Refusal CrmInUse() => new(
        RefusalKind.Conflict, "crm-in-use", "Records are linked with the CRM that is set now; in another CRM their ids would stand for other records.",
        "Add another tenant for another CRM.")
    {
        Field = "/crm",
    };

    public static Refusal NoFields(SetupStep step) => new(
        RefusalKind.NotFound, "step-without-fields", $"The step \"{SetupSteps.NameOf(step)}\" maps no fields.", "Ask for the fields of companies, contacts, solutions, activities or opportunities.")
    {
        Details = new Dictionary<string, string> { ["step"] = SetupSteps.NameOf(step) },
    };
}
