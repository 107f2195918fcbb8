namespace CrmSync.ConnectWise.Errors;

/// <summary>What to do about each failure, in an administrator's words.</summary>
internal static class Remedies
{
    public const string Credentials =
        "Check the company id and the API member's public and private key, and that the API member is active. Keys are made in ConnectWise under System › Members › API Members.";

    public const string ClientId = "The client id of this integration is missing or not accepted. It is a setting of CrmSync, not of the ConnectWise account.";

    public const string SslRequired = "Use the API host of your region, such as api-na.myconnectwise.net, and https.";

    public const string CannotRoute =
        "The site does not route this company. Check that the site is the one of your region and the company id is right; the cloud gives this answer for wrong keys, too.";

    public const string Redirect = "The site sends requests elsewhere, and CrmSync never follows with its keys. Enter the address that ConnectWise itself answers on.";

    public const string NotConnectWise =
        "Something other than the ConnectWise API answered: check the site's address, and whether a proxy, firewall or maintenance page stands in between.";

    public const string NoEndpoint = "This ConnectWise version does not offer the endpoint, or the keys are wrong: the cloud answers 404 for wrong keys, too.";

    public const string NoRecord = "The record was deleted, merged, or is hidden from the API member by its role.";

    public const string Wait = "Nothing to do: ConnectWise was not ready to answer, and CrmSync tries again by itself.";

    public const string Throttled = "Nothing to do: ConnectWise limits requests, and CrmSync slows down by itself. Other integrations of the same account share the limit.";

    public const string Conflict = "The record is in use or was changed meanwhile. Look at it in ConnectWise.";

    public const string Refused = "ConnectWise refused the request as invalid; its own words say which field. Correct the record or the mapping.";

    public const string ServerFault = "ConnectWise failed over this record or request. If it stays so, give ConnectWise support the request id.";

    public const string Unreachable = "Check the site's address, and that this machine may reach it (DNS, firewall, certificate).";

    public const string Slow = "The site did not answer in time. CrmSync tries reads again by itself; look at ConnectWise's status if it stays so.";

    public const string Truncated = "The answer arrived damaged. CrmSync tries reads again by itself; if it stays so, look at the proxy or network in between.";

    public const string Inconsistent = "ConnectWise's answer contradicts the request, so nothing is concluded from it. Run again later; if it stays so, ask ConnectWise support.";

    public const string UnknownCompany = "Check the company id: it is the one typed at log-in. Check also that the site is the one of your region.";

    public const string TooLarge = "The answer is larger than CrmSync accepts, so it was not read.";

    public static string Permission(string line) => $"Give the API member's security role this permission in ConnectWise: {line}.";
}
