namespace CrmSync.ConnectWise.Parsing;

/// <summary>What a member of ConnectWise's record means for CrmSync, beside being a field that can be mapped.</summary>
internal enum MemberRole
{
    None,
    Id,

    /// <summary>The <c>_info</c> map with <c>lastUpdated</c>.</summary>
    Info,

    /// <summary>True takes the record out: inactive or deleted.</summary>
    InactiveFlag,

    /// <summary>A list of types.</summary>
    Types,

    /// <summary>A single type.</summary>
    Type,
    Status,
    Stage,
    Category,
    BillingCycle,

    /// <summary>Whether the billing cycle applies at all.</summary>
    RecurringFlag,
    CommunicationItems,
    CustomFields,

    /// <summary>A text that composed fields are made of.</summary>
    Part,
}
