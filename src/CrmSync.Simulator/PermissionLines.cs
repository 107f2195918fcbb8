namespace CrmSync.Simulator;

/// <summary>The lines of a ConnectWise security role that the simulator's paths ask for, in ConnectWise's own words.</summary>
public static class PermissionLines
{
    /// <summary>Companies and their type associations.</summary>
    public const string CompanyMaintenance = "Companies › Company Maintenance";

    /// <summary>Contacts, their communications and type associations.</summary>
    public const string Contacts = "Companies › Contacts";

    /// <summary>Documents and photos.</summary>
    public const string ManageDocuments = "Companies › Manage Documents";

    /// <summary>Opportunities, forecasts and notes.</summary>
    public const string Opportunity = "Sales › Opportunity";

    /// <summary>Activities.</summary>
    public const string SalesActivity = "Sales › Sales Activity";

    /// <summary>The product catalog.</summary>
    public const string ProductCatalog = "Procurement › Product Catalog";

    /// <summary>Members.</summary>
    public const string MemberMaintenance = "System › Member Maintenance";

    /// <summary>Types, statuses, stages and every other set-up table.</summary>
    public const string TableSetup = "System › Table Setup";
}
