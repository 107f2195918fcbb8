using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Core.Setup;
using CrmSync.Crm.Http.Contract;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrmSync.Crm.Http.Server;

/// <summary>Makes the problem documents. None repeats a value that was sent.</summary>
internal static class Problems
{
    private const string SeeDescription = "See /" + ContractAddresses.Root + "/" + ContractAddresses.Description + " for what is expected.";

    public static IResult Of(Refusal refusal) => Make(StatusOf(refusal.Kind), refusal.Code, refusal.Message, refusal.Remedy, refusal.Field);

    public static IResult Of(SideException exception) => Make(
        exception.RetryHelps ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status502BadGateway, exception.Code, exception.Message, exception.Remedy);

    public static IResult Invalid(string code, string detail, string remedy, string? field = null) =>
        Make(StatusCodes.Status400BadRequest, code, detail, remedy, field);

    public static IResult Unauthorized(bool given) => given
        ? Make(StatusCodes.Status401Unauthorized, "token-invalid", "The token opens nothing.", "Use a token that this CRM was told to accept.")
        : Make(StatusCodes.Status401Unauthorized, "token-missing", "The call has no token.", "Send it in the header \"Authorization: Bearer <token>\".");

    public static IResult VersionUnknown(string version) => Answer(Problem(
        StatusCodes.Status404NotFound, ContractProblem.VersionUnknown, $"This CRM does not speak the version \"{version}\" of the contract.",
        $"Use \"{ContractAddresses.Version}\".") with
    { Field = "version", Versions = [ContractAddresses.Version] });

    public static IResult RouteUnknown() => Make(
        StatusCodes.Status404NotFound, "route-unknown", "There is no such address, or it does not know this method.", SeeDescription);

    public static IResult EntityUnknown() => Make(
        StatusCodes.Status404NotFound, "entity-unknown", "There is no such kind of record.",
        $"Use one of {string.Join(", ", Stages.InCrm.Select(Stages.NameOf))}.", "entity");

    public static IResult LimitOutOfRange(int most) => Invalid(
        "limit-out-of-range", $"The limit is no whole number from 1 to {most}.", "Give another limit, or none.", ContractAddresses.LimitParameter);

    public static IResult OfStatus(int status) => status switch
    {
        StatusCodes.Status413PayloadTooLarge => Make(
            status, "body-too-large", $"The body is larger than {ServerLimits.BodyBytes} bytes.", "Send fewer records at once."),
        StatusCodes.Status415UnsupportedMediaType => Make(
            status, "content-type-unsupported", "The body is not declared as JSON in UTF-8.", "Send it with the header \"Content-Type: application/json\"."),
        _ => Make(status, "request-refused", $"The request was refused with the status {status}.", SeeDescription),
    };

    public static IResult Unexpected(string correlationId) => Answer(Problem(
        StatusCodes.Status500InternalServerError, "unexpected", "Something went wrong inside the CRM. It was written to its log.",
        "Try again; if it stays, give the correlation id to whoever runs the CRM.") with
    { CorrelationId = correlationId });

    private static JsonHttpResult<ContractProblem> Make(int status, string code, string detail, string remedy, string? field = null) =>
        Answer(Problem(status, code, detail, remedy) with { Field = field });

    private static JsonHttpResult<ContractProblem> Answer(ContractProblem problem) =>
        TypedResults.Json(problem, CoreJson.Options, ContractProblem.MediaType, problem.Status);

    private static ContractProblem Problem(int status, string code, string detail, string remedy) => new()
    {
        Type = $"/problems/{code}",
        Title = string.Concat(char.ToUpperInvariant(code[0]).ToString(), code[1..].Replace('-', ' ')),
        Status = status,
        Detail = detail,
        Code = code,
        Remedy = remedy,
    };

    private static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => StatusCodes.Status400BadRequest,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.Unavailable => StatusCodes.Status502BadGateway,
    };
}
