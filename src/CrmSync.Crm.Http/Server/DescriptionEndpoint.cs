using Microsoft.AspNetCore.Http;

namespace CrmSync.Crm.Http.Server;

/// <summary>The contract's own description.</summary>
internal static class DescriptionEndpoint
{
    public const string ResourceName = "crm-contract.openapi.json";

    public static IResult Get() =>
        TypedResults.Stream(typeof(DescriptionEndpoint).Assembly.GetManifestResourceStream(ResourceName)!, "application/json; charset=utf-8");
}
