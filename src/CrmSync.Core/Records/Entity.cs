namespace CrmSync.Core.Records;

/// <summary>The kinds of record that CrmSync keeps in step.</summary>
public enum Entity
{
    /// <summary>A ConnectWise member and the CRM's user.</summary>
    User,

    /// <summary>A company on both sides.</summary>
    Company,

    /// <summary>A person, with or without a company.</summary>
    Contact,

    /// <summary>A ConnectWise catalog item and the CRM's solution or product.</summary>
    Solution,

    /// <summary>A call, e-mail, note or meeting.</summary>
    Activity,

    /// <summary>An opportunity with its line items and notes.</summary>
    Opportunity,

    /// <summary>A ConnectWise member and the directory's employee (EM).</summary>
    Employee,
}

/// <summary>One of the two systems that are kept in step.</summary>
public enum Side
{
    /// <summary>ConnectWise PSA.</summary>
    ConnectWise,

    /// <summary>The CRM; for employees the directory.</summary>
    Crm,
}
