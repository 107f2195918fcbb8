using CrmSync.Core.Records;

namespace CrmSync.Core.Matching;

/// <summary>
/// By what the records of an entity are matched, strongest first (CO-2, CT-3, SO-2). Ahead of the rules' levels stands the key that the sync itself gave
/// a record: one that an interrupted run created and could not link any more is nobody else's. Activities and opportunities are matched by nothing else:
/// they come in as new records.
/// </summary>
public static class MatchRules
{
    private static readonly MatchKind[] Company = [MatchKind.ExternalKey, MatchKind.Phone, MatchKind.Website, MatchKind.Name];
    private static readonly MatchKind[] Contact = [MatchKind.ExternalKey, MatchKind.Email, MatchKind.PersonName];
    private static readonly MatchKind[] Solution = [MatchKind.ExternalKey, MatchKind.Sku, MatchKind.Name];
    private static readonly MatchKind[] KeyOnly = [MatchKind.ExternalKey];
    private static readonly MatchKind[] User = [MatchKind.Email];

    private static readonly string[] CompanyFields = [FieldKeys.Phone, FieldKeys.Website, FieldKeys.Name];
    private static readonly string[] ContactFields = [FieldKeys.Email, FieldKeys.Emails, FieldKeys.FirstName, FieldKeys.LastName, FieldKeys.Company];
    private static readonly string[] SolutionFields = [FieldKeys.Sku, FieldKeys.Name];
    private static readonly string[] UserFields = [FieldKeys.Email];

    /// <summary>The place of the sync's own key among the levels of the entities that are imported.</summary>
    public const int KeyLevel = 0;

    /// <summary>The levels of an entity, the one that decides first in front.</summary>
    public static IReadOnlyList<MatchKind> LevelsOf(Entity entity) => entity switch
    {
        Entity.User => User,
        Entity.Company => Company,
        Entity.Contact => Contact,
        Entity.Solution => Solution,
        Entity.Activity or Entity.Opportunity => KeyOnly,
        Entity.Employee => [],
    };

    /// <summary>The fields that matching looks at; both sides use the same keys for them.</summary>
    public static IReadOnlyList<string> FieldsOf(Entity entity) => entity switch
    {
        Entity.User => UserFields,
        Entity.Company => CompanyFields,
        Entity.Contact => ContactFields,
        Entity.Solution => SolutionFields,
        Entity.Activity or Entity.Opportunity or Entity.Employee => [],
    };

    /// <summary>The normal forms by which a record is found at one level.</summary>
    /// <param name="entity">What it is.</param>
    /// <param name="level">The level.</param>
    /// <param name="fields">Its fields by the CRM's keys.</param>
    /// <param name="country">The country of phone numbers without a code.</param>
    public static MatchKey[] KeysOf(Entity entity, MatchKind level, FieldValues fields, string country)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return level switch
        {
            MatchKind.Phone => One(Normalise.Phone(fields[FieldKeys.Phone], country)),
            MatchKind.Website => One(Normalise.Website(fields[FieldKeys.Website])),
            MatchKind.Name => One(Normalise.CompanyName(fields[FieldKeys.Name])),
            MatchKind.Email when fields[FieldKeys.Emails] is { } emails => [.. Canonical.Lines(emails).Append(fields[FieldKeys.Email])
                .Select(Normalise.Email).OfType<string>().Distinct().Select(email => new MatchKey(level, email))],
            MatchKind.Email => One(Normalise.Email(fields[FieldKeys.Email])),
            MatchKind.PersonName => One(Normalise.PersonName(fields[FieldKeys.FirstName], fields[FieldKeys.LastName])),
            MatchKind.Sku => One(Normalise.Sku(fields[FieldKeys.Sku])),
            MatchKind.ExternalKey => [],
        };

        MatchKey[] One(string? value) => value is null ? [] : [new MatchKey(level, value)];
    }

    /// <summary>The level's name in logs and reports.</summary>
    public static string NameOf(MatchKind level) => level switch
    {
        MatchKind.Phone => "phone",
        MatchKind.Website => "website",
        MatchKind.Name => "name",
        MatchKind.Email => "email",
        MatchKind.PersonName => "name-in-company",
        MatchKind.Sku => "sku",
        MatchKind.ExternalKey => "external-key",
    };
}
