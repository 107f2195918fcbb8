namespace CrmSync.Simulator;

/// <summary>The lists of a simulated account, by ConnectWise's own names.</summary>
public enum SimulatedList
{
    /// <summary><c>/company/companies</c>.</summary>
    Company,

    /// <summary><c>/company/companies/types</c>.</summary>
    CompanyType,

    /// <summary><c>/company/companies/statuses</c>.</summary>
    CompanyStatus,

    /// <summary><c>/company/contacts</c>.</summary>
    Contact,

    /// <summary><c>/company/contacts/types</c>.</summary>
    ContactType,

    /// <summary><c>/company/contacts/relationships</c>.</summary>
    ContactRelationship,

    /// <summary><c>/company/contacts/departments</c>.</summary>
    ContactDepartment,

    /// <summary><c>/company/communicationTypes</c>.</summary>
    CommunicationType,

    /// <summary><c>/company/countries</c>.</summary>
    Country,

    /// <summary><c>/company/noteTypes</c>.</summary>
    NoteType,

    /// <summary><c>/procurement/catalog</c>.</summary>
    CatalogItem,

    /// <summary><c>/procurement/types</c>.</summary>
    ProductType,

    /// <summary><c>/procurement/categories</c>.</summary>
    ProductCategory,

    /// <summary><c>/procurement/subcategories</c>.</summary>
    ProductSubCategory,

    /// <summary><c>/procurement/manufacturers</c>.</summary>
    Manufacturer,

    /// <summary><c>/finance/billingCycles</c>.</summary>
    BillingCycle,

    /// <summary><c>/sales/activities</c>.</summary>
    Activity,

    /// <summary><c>/sales/activities/types</c>.</summary>
    ActivityType,

    /// <summary><c>/sales/activities/statuses</c>.</summary>
    ActivityStatus,

    /// <summary><c>/sales/opportunities</c>.</summary>
    Opportunity,

    /// <summary><c>/sales/opportunities/types</c>.</summary>
    OpportunityType,

    /// <summary><c>/sales/opportunities/statuses</c>.</summary>
    OpportunityStatus,

    /// <summary><c>/sales/opportunities/ratings</c>.</summary>
    OpportunityRating,

    /// <summary><c>/sales/stages</c>.</summary>
    SalesStage,

    /// <summary><c>/sales/probabilities</c>.</summary>
    SalesProbability,

    /// <summary><c>/sales/roles</c>.</summary>
    SalesRole,

    /// <summary><c>/system/members</c>.</summary>
    Member,

    /// <summary><c>/system/members/types</c>.</summary>
    MemberType,

    /// <summary><c>/time/workRoles</c>.</summary>
    WorkRole,

    /// <summary><c>/system/locations</c>.</summary>
    Location,

    /// <summary><c>/system/departments</c>.</summary>
    Department,

    /// <summary><c>/system/userDefinedFields</c>.</summary>
    UserDefinedField,
}
