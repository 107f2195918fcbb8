using CrmSync.Core.Records;

namespace CrmSync.Storage.Azure.Tables;

/// <summary>Entities as they stand in keys and blob names. Words of their own: a case that is renamed must not change what was stored.</summary>
internal static class EntityName
{
    private static readonly Dictionary<string, Entity> Entities = Enum.GetValues<Entity>().ToDictionary(Of);

    public static string Of(Entity entity) => entity switch
    {
        Entity.User => "user",
        Entity.Company => "company",
        Entity.Contact => "contact",
        Entity.Solution => "solution",
        Entity.Activity => "activity",
        Entity.Opportunity => "opportunity",
        Entity.Employee => "employee",
    };

    public static Entity Parse(string name) => Entities[name];
}
