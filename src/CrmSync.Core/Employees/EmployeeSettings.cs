using System.Text.Json.Serialization;

namespace CrmSync.Core.Employees;

/// <summary>What an administrator has set for the employee sync (EM-2 to EM-9). Nothing is synchronised while it is not enabled.</summary>
public sealed record EmployeeSettings
{
    /// <summary>Whether it runs (EM-2).</summary>
    public bool Enabled { get; init; }

    /// <summary>Which members become which employees (EM-3).</summary>
    public MemberStatus Status { get; init; } = MemberStatus.Active;

    /// <summary>The ids of the member types that are synchronised (EM-4); empty for nobody, null for all types, members without one included.</summary>
    /// <remarks>Null is written, since what is left out is nobody.</remarks>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<long>? MemberTypes { get; init; } = [];

    /// <summary>The directory's profile that the employees get (EM-6); null for none.</summary>
    public string? Profile { get; init; }

    /// <summary>How employees are invited (EM-7).</summary>
    public InvitationMode Invitations { get; init; } = InvitationMode.Manually;

    /// <summary>Holds automatic invitations back: those created meanwhile wait, to be invited by hand.</summary>
    public bool HoldInvitations { get; init; }

    /// <summary>
    /// Whether, with <see cref="MemberStatus.Active"/>, the employee of a member who has become inactive is made inactive (EM-9); otherwise only reported.
    /// </summary>
    public bool DeactivateLeavers { get; init; }

    /// <summary>Employees that are never touched: by directory id, employee id or e-mail address, exactly.</summary>
    public IReadOnlyList<string> Protected { get; init; } = [];

    /// <summary>The limits over which a run stops and asks (PL-3, EM-9).</summary>
    public EmployeeLimits Limits { get; init; } = new();

    /// <summary>The directory.</summary>
    public DirectorySettings Directory { get; init; } = new();

    /// <summary>Through what invitations are sent; null for nothing, with which they cannot be automatic.</summary>
    public MailSettings? Mail { get; init; }
}

/// <summary>The status setting (EM-3).</summary>
public enum MemberStatus
{
    /// <summary>An active employee for each active member.</summary>
    Active,

    /// <summary>Active members become active employees, inactive members inactive ones.</summary>
    All,

    /// <summary>An inactive employee for each active member.</summary>
    Inactive,
}

/// <summary>How employees are invited (EM-7).</summary>
public enum InvitationMode
{
    /// <summary>Each newly created active employee at once.</summary>
    Automatically,

    /// <summary>By somebody, from the list of those not yet invited.</summary>
    Manually,
}

/// <summary>Limits of one run. A limit is reached by a number above both its share of the linked employees and its floor.</summary>
public sealed record EmployeeLimits
{
    /// <summary>Employees made inactive (EM-9).</summary>
    public Limit Deactivations { get; init; } = new(0.10, 5);

    /// <summary>Employees created; the first sync of a directory, with no link yet, is not limited.</summary>
    public Limit Creations { get; init; } = new(0.50, 20);

    /// <summary>Employees changed.</summary>
    public Limit Changes { get; init; } = new(0.80, 50);

    /// <summary>Employees in whom one and the same field is emptied.</summary>
    public Limit Emptied { get; init; } = new(0.10, 5);
}

/// <summary>A limit.</summary>
/// <param name="Share">Share of the linked employees, 0 to 1.</param>
/// <param name="AtLeast">What is always allowed.</param>
public sealed record Limit(double Share, int AtLeast);

/// <summary>Which directory a tenant has.</summary>
public enum DirectoryKind
{
    /// <summary>The one that comes with the product.</summary>
    BuiltIn,

    /// <summary>One that speaks SCIM 2.0.</summary>
    Scim,
}

/// <summary>A tenant's directory. Its token is a secret and stands in the secret store.</summary>
public sealed record DirectorySettings
{
    /// <summary>The name under which the token is kept as a secret.</summary>
    public const string TokenSecret = "directory-token";

    /// <summary>What it is.</summary>
    public DirectoryKind Kind { get; init; } = DirectoryKind.BuiltIn;

    /// <summary>For SCIM: the base address below which /Users stands.</summary>
    public string? Address { get; init; }

    /// <summary>
    /// For SCIM: where fields go that have no standard attribute or a configurable one, by the field's key: "hireDate", "profile", "location" and the others of
    /// <see cref="Ports.DirectoryCapabilities.Fields"/>. A path such as "title", "roles[primary eq true].value" or
    /// "urn:…:User:employeeHireDate"; empty for nowhere. A field that is not named goes to its standard attribute, if it has one.
    /// </summary>
    public IReadOnlyDictionary<string, string> Targets { get; init; } = new Dictionary<string, string>();

    /// <summary>For SCIM: whether the profile is written at creation only.</summary>
    public bool ProfileOnlyAtCreation { get; init; } = true;
}

/// <summary>A mail server. Its password is a secret and stands in the secret store.</summary>
public sealed record MailSettings
{
    /// <summary>The name under which the password is kept as a secret.</summary>
    public const string PasswordSecret = "mail-password";

    /// <summary>Its host.</summary>
    public required string Host { get; init; }

    /// <summary>Its port.</summary>
    public int Port { get; init; } = 587;

    /// <summary>How the line is encrypted.</summary>
    public MailEncryption Encryption { get; init; } = MailEncryption.StartTls;

    /// <summary>Who logs in; null for nobody.</summary>
    public string? User { get; init; }

    /// <summary>Whom messages come from: an address, or "Name &lt;address&gt;".</summary>
    public required string From { get; init; }

    /// <summary>The subject. "{name}" stands for the person's name.</summary>
    public string Subject { get; init; } = "You are invited";

    /// <summary>The link, with "{token}" where the one-time token stands: an https address of the people platform.</summary>
    public required string Link { get; init; }
}

/// <summary>How the line to a mail server is encrypted.</summary>
public enum MailEncryption
{
    /// <summary>Not at all: for a server on this machine only.</summary>
    None,

    /// <summary>By STARTTLS, which the server must offer.</summary>
    StartTls,

    /// <summary>From the first byte.</summary>
    Tls,
}
