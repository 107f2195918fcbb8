namespace CrmSync.Core.Planning;

/// <content>The reasons of the employee sync (EM).</content>
public sealed partial record Reason
{
    /// <summary>EM-4.</summary>
    public static Reason TypeNotSelected { get; } = new(
        "type-not-selected", "Its member type is not among those chosen for the employee sync.",
        "Choose its type in the settings of the sync, then sync again.", false);

    /// <summary>EM-3: an inactive member of whom no employee is wanted.</summary>
    public static Reason MemberNotActive { get; } = new(
        "member-not-active", "The member is inactive in ConnectWise, and the status setting asks for active members only.",
        "Make the member active in ConnectWise, or set the status to \"all\".", false);

    /// <summary>EM-9.</summary>
    public static Reason MemberInactive { get; } = new(
        "member-inactive", "The member has become inactive in ConnectWise, and the employee is still active.",
        "Make the employee inactive in the directory, or let the sync do it: set \"deactivateLeavers\".", false);

    /// <summary>A member without an address can neither be matched nor invited.</summary>
    public static Reason MemberWithoutEmail { get; } = new(
        "member-without-email", "The member has no e-mail address.", "Give the member a primary e-mail address in ConnectWise.", false);

    /// <summary>Protected employees are never touched.</summary>
    public static Reason EmployeeProtected { get; } = new(
        "employee-protected", "The employee is on the list of those that the sync never touches.", "Take it off the list in the settings of the sync.", false);

    /// <summary>EM-5: the address is equal, no id is.</summary>
    public static Reason EmailWithoutId { get; } = new(
        "email-without-id", "An employee has the same e-mail address, but none of its employee ids equals one of the member's, exactly.",
        "Write the member's login name or e-mail address among the employee's ids, with the same case, spaces and signs.", false);

    /// <summary>EM-5: an id is equal, the address is not.</summary>
    public static Reason IdWithoutEmail { get; } = new(
        "id-without-email", "An employee has one of the member's ids, but another e-mail address, so nothing was created beside it.",
        "Make the e-mail addresses equal if it is the same person, or take the id from the employee if it is not.", false);

    /// <summary>Addresses that differ only in case or space belong to one mailbox: nothing is created beside it.</summary>
    public static Reason EmailWrittenDifferently { get; } = new(
        "email-written-differently", "An employee has the same e-mail address written differently, so nothing was created beside it.",
        "Write the address on both sides with the same case and spaces.", false);

    /// <summary>EM-5: several employees match.</summary>
    public static Reason EmployeeAmbiguous { get; } = new(
        "employee-ambiguous", "Several employees match the member equally well, so none was linked and none was created.",
        "Decide which one it is: make the others differ in the directory, then sync again.", false);

    /// <summary>Several members match one employee.</summary>
    public static Reason EmployeeContested { get; } = new(
        "employee-contested", "Another member matches the same employee, so neither was linked.",
        "Give the members different addresses and login names, then sync again.", false);

    /// <summary>The matching employee belongs to another member.</summary>
    public static Reason EmployeeLinkedElsewhere { get; } = new(
        "employee-linked-elsewhere", "The employee that matches the member is linked to another member.",
        "Give the two members different addresses in ConnectWise.", false);

    /// <summary>Several members without an employee share an address.</summary>
    public static Reason EmailShared { get; } = new(
        "email-shared", "Several members have this e-mail address, so it is not clear whose employee it would be.",
        "Give the members different addresses in ConnectWise.", false);

    /// <summary>The linked employee has gone.</summary>
    public static Reason EmployeeGone { get; } = new(
        "employee-gone", "It is linked to an employee that is no longer in the directory.", "Restore the employee in the directory.", false);

    /// <summary>The directory refused the write.</summary>
    public static Reason DirectoryRefused { get; } = new(
        "directory-refused", "The directory refused it.", "See the directory's own message with the record.", true);

    /// <summary>The link was refused because the employee belongs to another member.</summary>
    public static Reason EmployeeTaken { get; } = new(
        "employee-taken", "The employee it matched was linked to another member meanwhile.", "Sync again: it is matched anew.", true);

    private static Reason[] OfEmployees =>
    [
        TypeNotSelected, MemberNotActive, MemberInactive, MemberWithoutEmail, EmployeeProtected, EmailWithoutId, IdWithoutEmail, EmailWrittenDifferently,
        EmployeeAmbiguous, EmployeeContested, EmployeeLinkedElsewhere, EmailShared, EmployeeGone, DirectoryRefused, EmployeeTaken,
    ];
}
