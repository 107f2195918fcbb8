using System.Text;

namespace CrmSync.Simulator.Http;

/// <summary>Checks the Authorization and clientId headers.</summary>
internal sealed class Credentials(SimulatorOptions options, SimulatorSwitches switches)
{
    private readonly string _expected = $"{options.CompanyId}+{options.PublicKey}:{options.PrivateKey}";

    /// <summary>The refusal, or null when the caller is who it says.</summary>
    public ApiAnswer? Check(IHeaderDictionary headers)
    {
        var authorization = headers.Authorization.ToString();
        if (authorization.Length == 0)
        {
            return Refuse("Unauthorized", "Authorization has been denied for this request.");
        }

        if (!IsRight(authorization))
        {
            return Refuse("ConnectWiseApi", "UserNotAuthenticated");
        }

        if (Guid.TryParse(headers["clientId"].ToString(), out var client) && (options.ClientId is null || options.ClientId == client))
        {
            return null;
        }

        return switches.MissingClientIdStatus == 403
            ? ApiAnswer.Error(403, "Security", "The clientId header is missing or invalid.")
            : ApiAnswer.Error(401, "Unauthorized", "The clientId header is missing or invalid.");
    }

    private bool IsRight(string authorization)
    {
        const string Scheme = "Basic ";
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(authorization[Scheme.Length..].Trim())) == _expected;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private ApiAnswer Refuse(string code, string message) => switches.Refusal switch
    {
        RefusalManner.Unauthorized => ApiAnswer.Error(401, code, message),
        RefusalManner.NotFound => ApiAnswer.NoEndpoint(),
        RefusalManner.CannotRoute => ApiAnswer.CannotRoute(),
    };
}
