using System.Collections.Frozen;
using CrmSync.Core.Matching;
using CrmSync.Core.Merging;
using CrmSync.Core.Records;
using CrmSync.Core.Setup;

namespace CrmSync.Core.Planning;

/// <summary>One mapped field, ready for planning.</summary>
/// <param name="ConnectWise">ConnectWise's key; null where the value is made from the record's types and not read from a field.</param>
/// <param name="Crm">The CRM's key.</param>
/// <param name="Kind">What the CRM's field holds.</param>
/// <param name="References">What a reference points to.</param>
/// <param name="Policy">How it is merged when ConnectWise's record is newer.</param>
/// <param name="CrmNewer">How it is merged when the CRM's record is newer.</param>
public sealed record MappedField(string? ConnectWise, string Crm, FieldKind Kind, Entity? References, MergePolicy Policy, MergePolicy CrmNewer);

/// <summary>The saved mapping of one entity, made ready for planning: what to read, what to compare, where types go.</summary>
public sealed class EntityMapping
{
    private readonly FrozenDictionary<string, MappedField> _byKey;
    private readonly FrozenDictionary<long, string?> _types;
    private readonly FrozenDictionary<long, string?> _lists;
    private readonly FrozenDictionary<(long, long, long), string?> _combinations;
    private readonly FrozenDictionary<long, ActivityKind> _kinds;
    private readonly IReadOnlyList<StageMapping> _stages;

    // A key of 0 stands for "No type" and "billed once": ConnectWise's ids begin at 1.
    private const long None = 0;

    /// <summary>Makes a mapping ready.</summary>
    /// <param name="entity">What it maps.</param>
    /// <param name="setup">The tenant's set-up, complete up to the entity's step.</param>
    /// <param name="crmFields">The CRM's fields of the entity.</param>
    public EntityMapping(Entity entity, TenantSetup setup, IReadOnlyList<FieldDefinition> crmFields)
    {
        ArgumentNullException.ThrowIfNull(setup);
        Entity = entity;
        Country = setup.Connection?.DefaultCountry ?? "US";
        ConnectWiseCompany = setup.Connection?.Company ?? "";
        var definitions = crmFields.ToFrozenDictionary(field => field.Key);
        MappedField[] fields =
        [
            .. setup.FieldsOf(entity).Where(field => field.Direction != Direction.None && definitions.ContainsKey(field.Crm))
                .Select(field => Mapped(field.ConnectWise, definitions[field.Crm], field.Direction)),
            .. MadeKeys(entity).Where(definitions.ContainsKey).Select(key => Mapped(null, definitions[key], Direction.FromConnectwise)),
        ];
        Fields = [.. fields.DistinctBy(field => field.Crm)];
        Pointers = [.. Fields.Where(field => field.References is not null || field.Kind == FieldKind.LineItems)];
        _byKey = Fields.ToFrozenDictionary(field => field.Crm);
        ConnectWiseFields =
        [
            .. Fields.Select(field => field.ConnectWise).Concat(MatchRules.FieldsOf(entity)).Concat(StructureOf(entity))
                .OfType<string>().Distinct(),
        ];
        _types = (entity switch
        {
            Entity.Company => setup.Companies?.Types.Select(type => KeyValuePair.Create(type.ConnectWise ?? None, type.Crm)),
            Entity.Contact => setup.Contacts?.Types.Select(type => KeyValuePair.Create(type.ConnectWise ?? None, type.Crm)),
            Entity.Opportunity => setup.Opportunities?.Types.Select(type => KeyValuePair.Create(type.ConnectWise ?? None, type.Crm)),
            Entity.User or Entity.Solution or Entity.Activity or Entity.Employee => null,
        } ?? []).ToFrozenDictionary();
        _lists = (setup.Companies?.Types ?? []).ToFrozenDictionary(type => type.ConnectWise ?? None, type => type.List);
        _combinations = (setup.Solutions?.Combinations ?? [])
            .ToFrozenDictionary(mapping => (mapping.Type, mapping.Category, mapping.BillingCycle ?? None), mapping => mapping.Crm);
        _kinds = (setup.Activities?.Types ?? []).Where(type => type.Kind is not null)
            .ToFrozenDictionary(type => type.ConnectWise, type => type.Kind!.Value);
        _stages = setup.Opportunities?.Stages ?? [];
    }

    /// <summary>What is mapped.</summary>
    public Entity Entity { get; }

    /// <summary>The country of phone numbers without a code.</summary>
    public string Country { get; }

    /// <summary>The ConnectWise company that the tenant logs in to: part of external keys.</summary>
    public string ConnectWiseCompany { get; }

    /// <summary>The fields that flow, in the order of the mapping.</summary>
    public IReadOnlyList<MappedField> Fields { get; }

    /// <summary>Those of the fields that point to other records, themselves or within their lines.</summary>
    public IReadOnlyList<MappedField> Pointers { get; }

    /// <summary>The keys to ask ConnectWise for.</summary>
    public IReadOnlyList<string> ConnectWiseFields { get; }

    /// <summary>The mapped field with a CRM key; null for none.</summary>
    public MappedField? Find(string crmKey) => _byKey.GetValueOrDefault(crmKey);

    /// <summary>What the CRM's field of a key holds; plain text for one that is not mapped.</summary>
    public FieldKind KindOf(string crmKey) => Find(crmKey)?.Kind ?? FieldKind.Text;

    /// <summary>Whether two values of the CRM's field of a key mean the same.</summary>
    public bool Same(string crmKey, string? left, string? right) => FieldEquality.Same(KindOf(crmKey), left, right, Country);

    /// <summary>
    /// The type by which a record comes in, or null where it does not (IM-3). A company counts by its first type only (CO-1); a contact by the
    /// first of its types that is mapped; the others have one type or none.
    /// </summary>
    public ImportType? TypeOf(ConnectWiseRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var first = record.TypeIds.Count == 0 ? None : record.TypeIds[0];
        switch (Entity)
        {
            case Entity.Company or Entity.Opportunity:
                return _types.TryGetValue(first, out var type) && PlaceOf(record) is var place && (Entity == Entity.Company || place is not null)
                    ? new ImportType(Known(first), type, place) : null;
            case Entity.Contact:
                var mapped = record.TypeIds.Count == 0 ? [None] : record.TypeIds;
                foreach (var id in mapped)
                {
                    if (_types.TryGetValue(id, out var contactType))
                    {
                        return new ImportType(Known(id), contactType, null);
                    }
                }

                return null;
            case Entity.Solution:
                return _combinations.TryGetValue((first, record.CategoryId ?? None, record.BillingCycleId ?? None), out var category)
                    ? new ImportType(Known(first), category, null) : null;
            case Entity.Activity:
                return _kinds.TryGetValue(first, out var kind) ? new ImportType(first, kind.ToString(), null) : null;
            case Entity.User or Entity.Employee:
            default:
                return null;
        }
    }

    /// <summary>The list that the contacts of a company type join (CT-1); null for none.</summary>
    public string? ListOf(long? companyType) => _lists.TryGetValue(companyType ?? None, out var list) ? list : null;

    private StageMapping? PlaceOf(ConnectWiseRecord record)
    {
        foreach (var stage in _stages)
        {
            if ((stage.Status is null || stage.Status == record.StatusId) && (stage.Stage is null || stage.Stage == record.StageId))
            {
                return stage;
            }
        }

        return null;
    }

    private static long? Known(long id) => id == None ? null : id;

    private static MappedField Mapped(string? connectWise, FieldDefinition crm, Direction direction)
    {
        var policy = new MergePolicy { Direction = direction, Newer = Side.ConnectWise };
        return new MappedField(connectWise, crm.Key, crm.Kind, crm.References, policy, policy with { Newer = Side.Crm });
    }

    private static string[] MadeKeys(Entity entity) => entity switch
    {
        Entity.User or Entity.Employee => [],
        Entity.Company or Entity.Contact => [FieldKeys.Type],
        Entity.Solution => [FieldKeys.Category],
        Entity.Activity => [FieldKeys.Kind],
        Entity.Opportunity => [FieldKeys.Type, FieldKeys.Pipeline, FieldKeys.Stage],
    };

    private static string[] StructureOf(Entity entity) => entity switch
    {
        Entity.User or Entity.Company or Entity.Solution or Entity.Employee => [],
        Entity.Contact => [FieldKeys.Company],
        Entity.Activity => [FieldKeys.Company, FieldKeys.Contact, FieldKeys.User],
        Entity.Opportunity => [FieldKeys.Company, FieldKeys.Contact, FieldKeys.Salesperson],
    };
}

/// <summary>By what a record comes in.</summary>
/// <param name="ConnectWise">The ConnectWise type; null for none.</param>
/// <param name="Crm">The CRM's name for it: type, category or kind; null for none.</param>
/// <param name="Place">An opportunity's place in the pipelines.</param>
public sealed record ImportType(long? ConnectWise, string? Crm, StageMapping? Place);
