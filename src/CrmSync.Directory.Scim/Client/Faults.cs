namespace CrmSync.Scim.Client;

/// <summary>What can go wrong between CrmSync and a directory, each with what to do about it.</summary>
internal static class Faults
{
    private const string Wait = "Nothing to do at once: CrmSync tries again by itself. If it stays so, ask whoever runs the directory.";
    private const string CheckAddress = "Check the directory's address: its SCIM 2.0 base, below which /Users stands, and no log-in page or proxy in between.";

    public static Fault Unreachable(string why, bool maybeDone) => new()
    {
        Code = "directory-unreachable",
        Message = $"The directory cannot be reached: {why}",
        Remedy = "Check the directory's address, that it runs, and that this machine may reach it (DNS, firewall, certificate).",
        RetryHelps = true,
        MaybeDone = maybeDone,
    };

    public static Fault TimedOut(TimeSpan limit) => new()
    {
        Code = "directory-timeout",
        Message = $"The directory gave no complete answer within {limit.TotalSeconds:0} seconds.",
        Remedy = Wait,
        RetryHelps = true,
        MaybeDone = true,
    };

    public static Fault Broken(string why) => new()
    {
        Code = "directory-answer-broken",
        Message = $"The directory's answer arrived damaged: {why}",
        Remedy = Wait,
        RetryHelps = true,
        MaybeDone = true,
    };

    public static Fault TooLarge() => new()
    {
        Code = "directory-answer-too-large",
        Message = "The directory's answer is larger than CrmSync accepts.",
        Remedy = "Ask whoever runs the directory to answer with smaller pages.",
        RetryHelps = false,
        MaybeDone = true,
    };

    public static Fault NotScim(int status, string what, bool retryHelps) => new()
    {
        Code = "directory-not-scim",
        Message = $"What answers is no SCIM 2.0 directory: {status} with {what}.",
        Remedy = CheckAddress,
        RetryHelps = retryHelps,
        MaybeDone = true,
        Status = status,
    };

    public static Fault Moved(int status) => new()
    {
        Code = "directory-moved",
        Message = $"The directory's address sends requests elsewhere ({status}), where CrmSync does not follow with the token.",
        Remedy = "Enter the address that the directory itself answers at.",
        RetryHelps = false,
        Status = status,
    };

    public static Fault Unauthorized(string what) => new()
    {
        Code = "directory-unauthorized",
        Message = $"The directory refuses the token: {what}",
        Remedy = "Enter a token that the directory accepts.",
        RetryHelps = false,
        Status = 401,
    };

    public static Fault Throttled(string what, TimeSpan? pause) => new()
    {
        Code = "directory-throttled",
        Message = $"The directory limits requests: {what}",
        Remedy = Wait,
        RetryHelps = true,
        Pause = pause,
        Status = 429,
    };

    public static Fault Unavailable(int status, string what, TimeSpan? pause) => new()
    {
        Code = "directory-unavailable",
        Message = $"The directory could not answer: {status} {what}",
        Remedy = Wait,
        RetryHelps = true,
        MaybeDone = true,
        Pause = pause,
        Status = status,
    };

    public static Fault Refused(int status, string? scimType, string what) => new()
    {
        Code = status switch
        {
            403 => "directory-forbidden",
            404 => "record-missing",
            409 => "value-taken",
            412 => "record-changed",
            _ => "directory-refused",
        },
        Message = $"The directory refused the request: {status} {what}",
        Remedy = status == 403 ? "Give the token the right to read and to write users." : "The directory's words say what it does not accept.",
        RetryHelps = status == 412,
        Status = status,
        ScimType = scimType,
    };

    public static Fault Inconsistent(string what) => new()
    {
        Code = "directory-inconsistent",
        Message = $"The directory's answer contradicts the request: {what}",
        Remedy = "Nothing was concluded from it. If it stays so, whoever makes the directory must correct it.",
        RetryHelps = true,
        MaybeDone = true,
    };

    public static Fault Incomplete(string why) => new()
    {
        Code = "incomplete",
        Message = $"The directory could not be read completely: {why}",
        Remedy = "Nothing is concluded from it; CrmSync reads again next time. If it stays so, ask whoever runs the directory.",
        RetryHelps = true,
    };
}
