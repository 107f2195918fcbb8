namespace CrmSync.Simulator.Accounts.Data;

/// <summary>How often each peculiarity of a real account occurs. 0.07 means seven records in a hundred.</summary>
internal static class Shares
{
    // Any list
    /// <summary>Records that one bulk import touched in the same second, so that many share a <c>lastUpdated</c>.</summary>
    public const double BulkImported = 0.10;
    public const double Accented = 0.04;
    public const double Emoji = 0.005;
    public const double ZeroWidth = 0.005;
    public const double NulCharacter = 0.003;
    public const double CustomFieldFilled = 0.30;

    // Companies
    public const double CompanyDeleted = 0.03;
    public const double CompanyInactive = 0.07;
    public const double CompanyNotApproved = 0.03;
    public const double CompanyWithoutType = 0.08;
    public const double CompanyWithSeveralTypes = 0.25;
    public const double CompanyWithoutPhone = 0.06;
    /// <summary>Companies that have the phone of the company before them: branches of one switchboard.</summary>
    public const double CompanyWithPhoneOfAnother = 0.02;
    public const double CompanyWithExtension = 0.04;
    public const double CompanyWithoutWebsite = 0.15;
    public const double CompanyOnFreeHost = 0.03;
    public const double CompanyWithFax = 0.20;
    public const double CompanyWithParent = 0.04;
    public const double CompanyOutsideUnitedStates = 0.18;

    // Contacts
    public const double ContactWithoutCompany = 0.05;
    public const double ContactOfDeletedCompanyRecord = 0.01;
    public const double ContactInactive = 0.09;
    public const double ContactTyped = 0.55;
    public const double ContactWithSecondType = 0.12;
    public const double ContactWithoutEmail = 0.08;
    public const double ContactWithSecondEmail = 0.15;
    public const double ContactWithSharedMailbox = 0.03;
    public const double ContactWithPrivateEmail = 0.10;
    public const double ContactWithDirectPhone = 0.75;
    public const double ContactWithMobile = 0.45;
    public const double ContactWithFax = 0.06;
    public const double ContactWithExtension = 0.25;
    public const double ContactWithoutLastName = 0.02;

    // Catalog
    public const double CatalogInactive = 0.12;
    public const double CatalogRecurring = 0.40;
    public const double CatalogOneTimeRecurring = 0.05;

    // Activities
    public const double ActivityWithoutContact = 0.12;
    public const double ActivityOfDeletedContact = 0.02;
    public const double ActivityOfUnknownMember = 0.02;
    public const double ActivityWithoutType = 0.01;
    public const double ActivityOnOpportunity = 0.20;
    public const double ActivityWithNotes = 0.70;

    // Opportunities
    public const double OpportunityWithoutSalesperson = 0.08;
    public const double OpportunityOfDeletedContact = 0.02;
    public const double OpportunityTotalDiffers = 0.07;
    public const double OpportunityLineWithoutItem = 0.20;
    public const double OpportunityWithNotesText = 0.30;

    // Members
    public const double MemberInactive = 0.15;
    public const double MemberApi = 0.04;
    public const double MemberWithPhoto = 0.60;
    public const double MemberWithoutHireDate = 0.15;
    public const double MemberWithoutPrimaryEmail = 0.10;
    public const double MemberWithoutType = 0.05;

    // Records that were in the CRM before ConnectWise
    public const double CrmByPhone = 0.25;
    public const double CrmByWebsite = 0.20;
    public const double CrmByName = 0.20;
    public const double CrmAmbiguous = 0.10;
    /// <summary>The rest of the CRM's companies stand for nothing in ConnectWise.</summary>
    public const double CrmNewerThanConnectWise = 0.40;
    public const double CrmMembersKnown = 0.85;
}
