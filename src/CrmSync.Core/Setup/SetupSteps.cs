using CrmSync.Core.Records;

namespace CrmSync.Core.Setup;

/// <summary>The words for the steps of set-up, and what each is about.</summary>
public static class SetupSteps
{
    /// <summary>All steps, in the order in which they are saved (SU-1).</summary>
    public static IReadOnlyList<SetupStep> All { get; } = Enum.GetValues<SetupStep>();

    /// <summary>The step's name in addresses, on the command line and in answers: "connection", "users", …</summary>
    public static string NameOf(SetupStep step) => step switch
    {
        SetupStep.Connection => "connection",
        SetupStep.Users => "users",
        SetupStep.Companies => "companies",
        SetupStep.Contacts => "contacts",
        SetupStep.Solutions => "solutions",
        SetupStep.Activities => "activities",
        SetupStep.Opportunities => "opportunities",
    };

    /// <summary>The step that a name stands for, without case; null for none.</summary>
    public static SetupStep? Parse(string? name)
    {
        foreach (var step in All)
        {
            if (string.Equals(name, NameOf(step), StringComparison.OrdinalIgnoreCase))
            {
                return step;
            }
        }

        return null;
    }

    /// <summary>The entity that a step maps; null for the connection.</summary>
    public static Entity? EntityOf(SetupStep step) => step switch
    {
        SetupStep.Connection => null,
        SetupStep.Users => Entity.User,
        SetupStep.Companies => Entity.Company,
        SetupStep.Contacts => Entity.Contact,
        SetupStep.Solutions => Entity.Solution,
        SetupStep.Activities => Entity.Activity,
        SetupStep.Opportunities => Entity.Opportunity,
    };
}
