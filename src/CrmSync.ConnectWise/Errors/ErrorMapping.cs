using CrmSync.Core.Ports;

namespace CrmSync.ConnectWise.Errors;

/// <summary>Carries an error across the port.</summary>
internal static class ErrorMapping
{
    /// <summary>The port's exception: the category as its code, and the error's one line as its message.</summary>
    public static ConnectWiseException ToException(this ConnectWiseError error) =>
        new(CodeOf(error.Category), error.ToString(), error.Remedy, error.RetryHelps);

    /// <summary>The stable word for a category.</summary>
    public static string CodeOf(ConnectWiseErrorCategory category) => category switch
    {
        ConnectWiseErrorCategory.Unauthorized => "unauthorized",
        ConnectWiseErrorCategory.Forbidden => "forbidden",
        ConnectWiseErrorCategory.NotFound => "not-found",
        ConnectWiseErrorCategory.BadRequest => "bad-request",
        ConnectWiseErrorCategory.Conflict => "conflict",
        ConnectWiseErrorCategory.Throttled => "throttled",
        ConnectWiseErrorCategory.Unavailable => "unavailable",
        ConnectWiseErrorCategory.ServerFault => "server-fault",
        ConnectWiseErrorCategory.NotConnectWise => "not-connectwise",
        ConnectWiseErrorCategory.Truncated => "truncated",
        ConnectWiseErrorCategory.Inconsistent => "inconsistent",
        ConnectWiseErrorCategory.Unreachable => "unreachable",
        ConnectWiseErrorCategory.UnknownCompany => "unknown-company",
        ConnectWiseErrorCategory.WrongSite => "wrong-site",
    };
}
