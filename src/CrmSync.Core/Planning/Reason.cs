using System.Collections.Frozen;

namespace CrmSync.Core.Planning;

/// <summary>Why a record was not brought in, or waits: a code, words, and what to do about it (IM-9).</summary>
/// <param name="Code">The stable word that reports and filters use.</param>
/// <param name="Words">Why, in words an administrator understands.</param>
/// <param name="Remedy">What to do if it should come in.</param>
/// <param name="RetryHelps">Whether a later run may bring it in without anybody changing anything.</param>
public sealed partial record Reason(string Code, string Words, string Remedy, bool RetryHelps)
{
    /// <summary>IM-3.</summary>
    public static Reason TypeNotMapped { get; } = new(
        "type-not-mapped", "Its type is not among those chosen for import.", "Map its type in the set-up step of its kind, then import again.", false);

    /// <summary>IM-4.</summary>
    public static Reason Inactive { get; } = new(
        "inactive", "It is inactive or deleted in ConnectWise.", "Make it active in ConnectWise, then import again.", false);

    /// <summary>AC-2.</summary>
    public static Reason ContactNotImported { get; } = new(
        "contact-not-imported", "Its contact is not in the CRM.", "Import the contact first (map its type, make it active); the next import brings this record in.", true);

    /// <summary>AC-3.</summary>
    public static Reason UserNotInCrm { get; } = new(
        "user-not-in-crm", "It belongs to a member who is no user of the CRM.", "Invite the member in the Users step, then import again.", true);

    /// <summary>An activity without a contact, whose company is not there either.</summary>
    public static Reason CompanyNotImported { get; } = new(
        "company-not-imported", "It has no contact, and its company is not in the CRM.", "Import the company first; the next import brings this record in.", true);

    /// <summary>CO-4.</summary>
    public static Reason Ambiguous { get; } = new(
        "ambiguous-match", "Several records of the CRM match it equally well, so none was linked and none was created.",
        "Decide which one it is: merge the duplicates in the CRM, or make them differ, then import again.", false);

    /// <summary>CO-5.</summary>
    public static Reason Contested { get; } = new(
        "contested-match", "Another ConnectWise record matches the same record of the CRM equally well, so neither was linked.",
        "Merge the duplicates in ConnectWise, or make them differ, then import again.", false);

    /// <summary>The linked CRM record has gone.</summary>
    public static Reason CrmRecordGone { get; } = new(
        "crm-record-gone", "It is linked to a record that is no longer in the CRM.",
        "Restore the record in the CRM, or cut the link so that the next import creates it anew.", false);

    /// <summary>The CRM refused the write.</summary>
    public static Reason CrmRefused { get; } = new(
        "crm-refused", "The CRM refused it.", "See the CRM's own message with the record.", true);

    /// <summary>The record changed between plan and write.</summary>
    public static Reason ChangedMeanwhile { get; } = new(
        "changed-meanwhile", "It was changed between the plan and the write, so it was left as it is.", "Start again: it is planned anew.", true);

    /// <summary>The link was refused because the CRM record belongs to another.</summary>
    public static Reason LinkTaken { get; } = new(
        "link-taken", "The CRM record it matched was linked to another ConnectWise record meanwhile.", "Import again: it is matched anew.", true);

    /// <summary>The run ended before this record's turn came.</summary>
    public static Reason NotApplied { get; } = new(
        "not-applied", "It was planned, but the run ended before it was written.", "Start again: what is missing is done.", true);


    /// <summary>All reasons, in the order of their codes.</summary>
    public static IEnumerable<Reason> All => Index.ByCode.Values.OrderBy(reason => reason.Code, StringComparer.Ordinal);

    /// <summary>The reason with this code; null for none.</summary>
    public static Reason? Find(string? code) => code is not null && Index.ByCode.TryGetValue(code, out var reason) ? reason : null;

    // A class of its own, so that it is made when every reason is there.
    private static class Index
    {
        public static readonly FrozenDictionary<string, Reason> ByCode = ((Reason[])
        [
            TypeNotMapped, Inactive, ContactNotImported, UserNotInCrm, CompanyNotImported, Ambiguous, Contested, CrmRecordGone, CrmRefused,
            ChangedMeanwhile, LinkTaken, NotApplied, .. OfEmployees,
        ]).ToFrozenDictionary(reason => reason.Code);
    }
}
