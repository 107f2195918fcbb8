using CrmSync.Crm.Http.Contract;

namespace CrmSync.Crm.Http.Client;

/// <summary>What can go wrong between CrmSync and a CRM, each with what to do about it.</summary>
internal static class Faults
{
    private const string Wait = "Nothing to do at once: CrmSync tries again by itself. If it stays so, ask whoever runs the CRM.";
    private const string CheckAddress =
        "Check the CRM's address (CrmSync adds /" + ContractAddresses.Root + " to it), and whether a proxy or log-in page stands in between.";

    public static Fault Unreachable(string why) => new()
    {
        Code = "crm-unreachable",
        Message = $"The CRM cannot be reached: {why}",
        Remedy = "Check the CRM's address, that the CRM runs, and that this machine may reach it (DNS, firewall, certificate).",
        RetryHelps = true,
    };

    public static Fault TimedOut(TimeSpan limit) => new()
    {
        Code = "crm-timeout",
        Message = $"The CRM gave no complete answer within {limit.TotalSeconds:0} seconds.",
        Remedy = Wait,
        RetryHelps = true,
    };

    public static Fault Broken(string why) => new()
    {
        Code = "crm-answer-broken",
        Message = $"The CRM's answer arrived damaged: {why}",
        Remedy = Wait,
        RetryHelps = true,
    };

    public static Fault TooLarge() => new()
    {
        Code = "crm-answer-too-large",
        Message = "The CRM's answer is larger than CrmSync accepts.",
        Remedy = "Ask whoever runs the CRM to offer a smaller batchSize.",
        RetryHelps = false,
    };

    public static Fault NotContract(int status, string what, bool retryHelps) => new()
    {
        Code = "crm-not-contract",
        Message = $"What answers is no CRM that implements the contract: {status} with {what}.",
        Remedy = CheckAddress,
        RetryHelps = retryHelps,
        Status = status,
    };

    public static Fault Moved(int status) => new()
    {
        Code = "crm-moved",
        Message = $"The CRM's address sends requests elsewhere ({status}), where CrmSync does not follow with the token.",
        Remedy = "Enter the address that the CRM itself answers at.",
        RetryHelps = false,
        Status = status,
    };

    public static Fault Unauthorized(int status, string what) => new()
    {
        Code = "crm-unauthorized",
        Message = $"The CRM refuses the token: {what}",
        Remedy = "Enter a token that the CRM accepts in the step \"connection\".",
        RetryHelps = false,
        Status = status,
    };

    public static Fault OtherVersion(IReadOnlyList<string> versions) => new()
    {
        Code = "crm-version",
        Message = versions.Count == 0
            ? $"The CRM does not speak the version {ContractAddresses.Version} of the contract."
            : $"The CRM does not speak the version {ContractAddresses.Version} of the contract, but {string.Join(", ", versions)}.",
        Remedy = "Update the CRM or CrmSync, so that both speak the same version.",
        RetryHelps = false,
        Status = 404,
    };

    public static Fault Throttled(string what, TimeSpan? pause) => new()
    {
        Code = "crm-throttled",
        Message = $"The CRM limits requests: {what}",
        Remedy = Wait,
        RetryHelps = true,
        Pause = pause,
        Status = 429,
    };

    public static Fault Unavailable(int status, string what, TimeSpan? pause) => new()
    {
        Code = "crm-unavailable",
        Message = $"The CRM could not answer: {status} {what}",
        Remedy = Wait,
        RetryHelps = true,
        Pause = pause,
        Status = status,
    };

    public static Fault Refused(int status, string what) => new()
    {
        Code = "crm-refused",
        Message = $"The CRM refused the request: {status} {what}",
        Remedy = "The CRM's words say what it does not accept; CrmSync and the CRM understand the contract differently.",
        RetryHelps = false,
        Status = status,
    };

    public static Fault Inconsistent(string what) => new()
    {
        Code = "crm-inconsistent",
        Message = $"The CRM's answer contradicts the request: {what}",
        Remedy = "Nothing was concluded from it. If it stays so, whoever makes the CRM must correct it.",
        RetryHelps = true,
    };

    /// <summary>Some records of a batch wait for a better moment.</summary>
    public static Fault Partial(int records) => new()
    {
        Code = "crm-partial",
        Message = $"The CRM did not take {records} records yet.",
        Remedy = Wait,
        RetryHelps = true,
        Status = 207,
    };
}
