namespace CrmSync.Simulator.Accounts.Data;

/// <summary>Ids of the company statuses that generated companies have.</summary>
internal static class CompanyStatuses
{
    public const int Active = 1;
    public const int Inactive = 2;
    public const int NotApproved = 3;
    public const int CreditHold = 4;
}

/// <summary>Ids of the communication types that generated contacts use.</summary>
internal static class CommunicationTypes
{
    public const int Email = 1;
    public const int Direct = 2;
    public const int Fax = 3;
    public const int Cell = 4;
    public const int PersonalEmail = 13;
}

/// <summary>Ids of the billing cycles that generated catalog items use.</summary>
internal static class BillingCycles
{
    public const int Monthly = 2;
    public const int Quarterly = 3;
    public const int Annual = 4;
}

/// <summary>The enumerations of the specification that generated records use.</summary>
internal static class Enumerations
{
    public static readonly string[] LicenseClass = ["A", "C", "F", "X"];
    public static readonly string[] MemberAddress = ["Office", "Mobile", "Home"];
    public static readonly string[] ProductClass = ["Agreement", "Bundle", "Inventory", "NonInventory", "Service"];
    public static readonly string[] CycleType = ["ContractYear", "CalendarYear"];
    public static readonly string[] BillableOption = ["Billable", "DoNotBill", "NoCharge", "NoDefault"];
    public static readonly string[] CommunicationKind = ["Email", "Fax", "Phone"];
    public static readonly string[] ForecastType = ["Other1", "Other2", "Agreement", "Product", "Service"];
    public static readonly string[] Gender = ["Female", "Male"];
}
