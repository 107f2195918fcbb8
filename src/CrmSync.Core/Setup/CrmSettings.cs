namespace CrmSync.Core.Setup;

/// <summary>Which CRM a tenant has.</summary>
public enum CrmKind
{
    /// <summary>The one that comes with the product.</summary>
    BuiltIn,

    /// <summary>One that answers at an address by the product's HTTP contract.</summary>
    Http,
}

/// <summary>A CRM that is not the built-in one. Its token is a secret and stands in the secret store.</summary>
public sealed record CrmSettings
{
    /// <summary>The name under which the token is kept as a secret.</summary>
    public const string TokenSecret = "crm-token";

    /// <summary>What it is; never <see cref="CrmKind.BuiltIn"/>, which needs no settings.</summary>
    public required CrmKind Kind { get; init; }

    /// <summary>Where it answers, as <see cref="CrmAddress"/> writes it.</summary>
    public required string Address { get; init; }
}
