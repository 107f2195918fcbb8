using CrmSync.Core.Records;

namespace CrmSync.Core.Setup;

/// <summary>Everything that an administrator has set for a tenant. A step that is null was not saved yet.</summary>
public sealed record TenantSetup
{
    /// <summary>Grows by one with every save; 0 before the first.</summary>
    public int Version { get; init; }

    /// <summary>The ConnectWise account.</summary>
    public ConnectionSettings? Connection { get; init; }

    /// <summary>Which members become users.</summary>
    public UsersSettings? Users { get; init; }

    /// <summary>Which companies come in.</summary>
    public CompaniesSettings? Companies { get; init; }

    /// <summary>Which contacts come in.</summary>
    public ContactsSettings? Contacts { get; init; }

    /// <summary>Which catalog items come in.</summary>
    public SolutionsSettings? Solutions { get; init; }

    /// <summary>Which activities come in.</summary>
    public ActivitiesSettings? Activities { get; init; }

    /// <summary>Which opportunities come in.</summary>
    public OpportunitiesSettings? Opportunities { get; init; }

    /// <summary>The employee sync (EM); null where nothing was saved. No step of its own: it needs the connection only.</summary>
    public Employees.EmployeeSettings? Employees { get; init; }

    /// <summary>When the employee sync was last saved (EM-8); null where it never was.</summary>
    public DateTimeOffset? EmployeesSavedAt { get; init; }

    /// <summary>The last test of the employee sync that passed (EM-2); null where none did.</summary>
    public Employees.PassedTest? EmployeesTest { get; init; }

    /// <summary>The stages that an import has brought in to the end at least once (IM-2).</summary>
    public IReadOnlyList<Entity> Imported { get; init; } = [];

    /// <summary>The first step that was not saved; null when set-up is complete.</summary>
    public SetupStep? FirstMissing => Enum.GetValues<SetupStep>().Cast<SetupStep?>().FirstOrDefault(step => !Has(step!.Value));

    /// <summary>Whether a step was saved.</summary>
    public bool Has(SetupStep step) => Settings(step) is not null;

    /// <summary>The settings of a step; null where it was not saved.</summary>
    public object? Settings(SetupStep step) => step switch
    {
        SetupStep.Connection => Connection,
        SetupStep.Users => Users,
        SetupStep.Companies => Companies,
        SetupStep.Contacts => Contacts,
        SetupStep.Solutions => Solutions,
        SetupStep.Activities => Activities,
        SetupStep.Opportunities => Opportunities,
    };

    /// <summary>The field mappings of an entity: those that were saved, or the defaults (data of <see cref="DefaultMappings"/>).</summary>
    public IReadOnlyList<FieldMapping> FieldsOf(Entity entity) => entity switch
    {
        Entity.User or Entity.Employee => [],
        Entity.Company => Companies?.Fields ?? DefaultMappings.Of(entity),
        Entity.Contact => Contacts?.Fields ?? DefaultMappings.Of(entity),
        Entity.Solution => Solutions?.Fields ?? DefaultMappings.Of(entity),
        Entity.Activity => Activities?.Fields ?? DefaultMappings.Of(entity),
        Entity.Opportunity => Opportunities?.Fields ?? DefaultMappings.Of(entity),
    };
}

/// <summary>The ConnectWise account. The private key is a secret and stands in the secret store.</summary>
public sealed record ConnectionSettings
{
    /// <summary>The name under which the private key is kept as a secret.</summary>
    public const string PrivateKeySecret = "connectwise-private-key";

    /// <summary>Host or address of the site, such as "na.myconnectwise.net".</summary>
    public required string Site { get; init; }

    /// <summary>The company id that members log in with.</summary>
    public required string Company { get; init; }

    /// <summary>The API member's public key.</summary>
    public required string PublicKey { get; init; }

    /// <summary>The client id of this product, a GUID.</summary>
    public required string ClientId { get; init; }

    /// <summary>Two letters of the country whose phone numbers are written without a country code (CO-3).</summary>
    public string DefaultCountry { get; init; } = "US";

    /// <summary>Most requests under way at once, 1 to 16.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>The CRM on the other side; null for the built-in one.</summary>
    public CrmSettings? Crm { get; init; }
}

/// <summary>One ConnectWise type and what it becomes in the CRM.</summary>
/// <param name="ConnectWise">The type's id; null for "No type".</param>
/// <param name="Crm">The CRM's name for what it becomes; null for "No type".</param>
public sealed record TypeMapping(long? ConnectWise, string? Crm);

/// <summary>Which members are imported as users (SU-3).</summary>
public sealed record UsersSettings
{
    /// <summary>Member types and the roles they become.</summary>
    public required IReadOnlyList<TypeMapping> Types { get; init; }
}

/// <summary>Which companies come in (SU-5).</summary>
public sealed record CompaniesSettings
{
    /// <summary>The company types that come in.</summary>
    public required IReadOnlyList<CompanyTypeMapping> Types { get; init; }

    /// <summary>The fields that flow; null for the defaults.</summary>
    public IReadOnlyList<FieldMapping>? Fields { get; init; }
}

/// <summary>One company type, what it becomes, and the list its contacts join (CT-1).</summary>
/// <param name="ConnectWise">The type's id; null for "No type".</param>
/// <param name="Crm">The CRM's company type; null for "No type".</param>
/// <param name="List">The contact list; null for none.</param>
public sealed record CompanyTypeMapping(long? ConnectWise, string? Crm, string? List);

/// <summary>Which contacts come in (SU-5).</summary>
public sealed record ContactsSettings
{
    /// <summary>The contact types that come in.</summary>
    public required IReadOnlyList<TypeMapping> Types { get; init; }

    /// <summary>The fields that flow; null for the defaults.</summary>
    public IReadOnlyList<FieldMapping>? Fields { get; init; }
}

/// <summary>Which catalog items come in (SU-6).</summary>
public sealed record SolutionsSettings
{
    /// <summary>The combinations that come in.</summary>
    public required IReadOnlyList<SolutionMapping> Combinations { get; init; }

    /// <summary>The fields that flow; null for the defaults.</summary>
    public IReadOnlyList<FieldMapping>? Fields { get; init; }
}

/// <summary>One combination of type, category and billing (SU-6).</summary>
/// <param name="Type">The catalog type's id.</param>
/// <param name="Category">The category's id.</param>
/// <param name="BillingCycle">The billing cycle's id; null for what is billed once.</param>
/// <param name="Crm">The CRM's solution category; null for none.</param>
public sealed record SolutionMapping(long Type, long Category, long? BillingCycle, string? Crm);

/// <summary>What an activity becomes (SU-7).</summary>
public enum ActivityKind
{
    /// <summary>A phone call.</summary>
    Call,

    /// <summary>An e-mail.</summary>
    Email,

    /// <summary>A note.</summary>
    Note,

    /// <summary>A meeting.</summary>
    Meeting,
}

/// <summary>Which activities come in.</summary>
public sealed record ActivitiesSettings
{
    /// <summary>The activity types; a null target leaves a type out.</summary>
    public required IReadOnlyList<ActivityMapping> Types { get; init; }

    /// <summary>The fields that flow; null for the defaults.</summary>
    public IReadOnlyList<FieldMapping>? Fields { get; init; }
}

/// <summary>One activity type and what it becomes.</summary>
/// <param name="ConnectWise">The type's id.</param>
/// <param name="Kind">What it becomes; null for nothing.</param>
public sealed record ActivityMapping(long ConnectWise, ActivityKind? Kind);

/// <summary>Which opportunities come in (SU-8).</summary>
public sealed record OpportunitiesSettings
{
    /// <summary>The opportunity types that come in.</summary>
    public required IReadOnlyList<TypeMapping> Types { get; init; }

    /// <summary>Where an opportunity goes: the first that fits decides.</summary>
    public required IReadOnlyList<StageMapping> Stages { get; init; }

    /// <summary>The fields that flow; null for the defaults.</summary>
    public IReadOnlyList<FieldMapping>? Fields { get; init; }
}

/// <summary>One status or stage of ConnectWise, or both together, and its place in the CRM's pipelines.</summary>
/// <param name="Status">The status's id; null for any.</param>
/// <param name="Stage">The stage's id; null for any.</param>
/// <param name="Pipeline">The CRM's pipeline.</param>
/// <param name="CrmStage">The stage within it.</param>
public sealed record StageMapping(long? Status, long? Stage, string Pipeline, string CrmStage);
