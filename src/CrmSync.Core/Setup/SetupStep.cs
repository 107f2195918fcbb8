using CrmSync.Core.Records;

namespace CrmSync.Core.Setup;

/// <summary>The steps of set-up, in the order in which they are saved (SU-1).</summary>
public enum SetupStep
{
    /// <summary>Site and key of the ConnectWise account.</summary>
    Connection,

    /// <summary>Member types and the roles they become.</summary>
    Users,

    /// <summary>Company types and what they become.</summary>
    Companies,

    /// <summary>Contact types and what they become.</summary>
    Contacts,

    /// <summary>Type, category and billing of the solutions that come in.</summary>
    Solutions,

    /// <summary>Activity types and what they become.</summary>
    Activities,

    /// <summary>Types, statuses and stages of opportunities.</summary>
    Opportunities,
}

/// <summary>The stages of an import: the entities in the order in which they come in (IM-2), with the words for them.</summary>
public static class Stages
{
    /// <summary>All stages, in order.</summary>
    public static IReadOnlyList<Entity> All { get; } = [Entity.Company, Entity.Contact, Entity.Solution, Entity.Activity, Entity.Opportunity];

    /// <summary>The entities that a CRM keeps; employees stand in the directory.</summary>
    public static IReadOnlyList<Entity> InCrm { get; } = [Entity.User, .. All];

    /// <summary>The stage's name in addresses, on the command line and in reports: "companies", "contacts", …</summary>
    public static string NameOf(Entity entity) => entity switch
    {
        Entity.User => "users",
        Entity.Company => "companies",
        Entity.Contact => "contacts",
        Entity.Solution => "solutions",
        Entity.Activity => "activities",
        Entity.Opportunity => "opportunities",
        Entity.Employee => "employees",
    };

    /// <summary>The entity that a name stands for, without case, in the plural or the singular; null for none.</summary>
    public static Entity? Parse(string? name)
    {
        foreach (var entity in Enum.GetValues<Entity>())
        {
            if (string.Equals(name, NameOf(entity), StringComparison.OrdinalIgnoreCase) || string.Equals(name, entity.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return entity;
            }
        }

        return null;
    }

    /// <summary>The set-up step that an entity needs: the one that maps it, or for employees the connection.</summary>
    public static SetupStep StepOf(Entity entity) => entity switch
    {
        Entity.Employee => SetupStep.Connection,
        Entity.User => SetupStep.Users,
        Entity.Company => SetupStep.Companies,
        Entity.Contact => SetupStep.Contacts,
        Entity.Solution => SetupStep.Solutions,
        Entity.Activity => SetupStep.Activities,
        Entity.Opportunity => SetupStep.Opportunities,
    };
}
