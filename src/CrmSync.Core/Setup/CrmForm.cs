namespace CrmSync.Core.Setup;

/// <summary>The tenant's CRM as an administrator fills it in. The token goes into the secret store and nowhere else (SU-11).</summary>
public sealed record CrmForm
{
    /// <summary>Which CRM it is; null for the built-in one, which needs nothing else.</summary>
    public CrmKind? Kind { get; init; }

    /// <summary>Where it answers, such as "https://crm.example.com".</summary>
    public string? Address { get; init; }

    /// <summary>The bearer token that opens it; null to keep the stored one, as long as the address stays the same.</summary>
    public string? Token { get; init; }

    /// <summary>What the form says as settings, without the token; null for the built-in CRM. Meaningful only where <see cref="Problems"/> is empty.</summary>
    internal CrmSettings? Settings() => Kind == CrmKind.Http && CrmAddress.TryParse(Address, out var address, out _)
        ? new CrmSettings { Kind = CrmKind.Http, Address = address.AbsoluteUri }
        : null;

    /// <summary>What is wrong with the form by itself, whatever the CRM says to it.</summary>
    internal IEnumerable<SetupProblem> Problems()
    {
        if (Kind != CrmKind.Http)
        {
            if (Address is not null || Token is not null)
            {
                yield return new("crm-kind-missing", "The built-in CRM has neither an address nor a token.", "Give the kind \"http\", or leave both out.", "/crm/kind");
            }

            yield break;
        }

        if (!CrmAddress.TryParse(Address, out _, out var problem))
        {
            yield return new("crm-address-invalid", problem, "Give the address at which the CRM implements the contract, such as https://crm.example.com.", "/crm/address");
        }

        if (Token is not null && (string.IsNullOrWhiteSpace(Token) || !Token.Trim().All(c => c is > ' ' and <= '~')))
        {
            yield return new("value-invalid", "The CRM's token must not be blank or contain spaces.", "Copy it again, or leave it out to keep the stored one.", "/crm/token");
        }
    }

    /// <summary>Kind and address only: a form that ends up in a log by accident does not take its token along.</summary>
    public override string ToString() => $"CRM {Kind} at {Address}";
}
