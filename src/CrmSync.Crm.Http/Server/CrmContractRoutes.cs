using CrmSync.Core.Ports;
using CrmSync.Crm.Http.Contract;
using CrmSync.Crm.Http.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CrmSync.Crm.Http;

/// <summary>The reference server of the contract that <c>crm-contract.openapi.json</c> describes.</summary>
public static class CrmContractRoutes
{
    /// <summary>
    /// Maps the contract's routes below "/crm/v1", and answers for every other address below "/crm". Everything but the description needs a
    /// token; what is refused is a problem document (RFC 9457), and nothing of it is done.
    /// </summary>
    /// <param name="endpoints">The host's routes.</param>
    /// <param name="opens">
    /// The CRM that a bearer token opens; null for none. It is asked for every call, and compares secrets in constant time.
    /// </param>
    public static IEndpointRouteBuilder MapCrmContract(this IEndpointRouteBuilder endpoints, Func<string, IServedCrm?> opens)
    {
        ArgumentNullException.ThrowIfNull(opens);
        var all = endpoints.MapGroup("/crm").AddEndpointFilter<ProblemFilter>();
        all.Map("/{version}/{**rest}", (string version) => Problems.VersionUnknown(version));
        var contract = all.MapGroup("/" + ContractAddresses.Version);
        contract.Map("/{**rest}", () => Problems.RouteUnknown());
        contract.MapGet("/" + ContractAddresses.Description, DescriptionEndpoint.Get);

        var crm = contract.MapGroup("").AddEndpointFilter(new TokenFilter(opens));
        crm.MapGet("/" + ContractAddresses.Capabilities, ReadEndpoints.Capabilities);
        crm.MapGet("/" + ContractAddresses.Choices, ReadEndpoints.ChoicesAsync);
        crm.MapGet("/{entity}/" + ContractAddresses.Fields, ReadEndpoints.FieldsAsync);
        crm.MapGet("/{entity}/" + ContractAddresses.Records, ReadEndpoints.PageAsync);
        crm.MapGet("/{entity}/" + ContractAddresses.Changes, ReadEndpoints.ChangesAsync);
        crm.MapPost("/{entity}/" + ContractAddresses.Read, ReadEndpoints.ReadAsync);
        crm.MapPost("/{entity}/" + ContractAddresses.Find, ReadEndpoints.FindAsync);
        crm.MapPost("/{entity}/" + ContractAddresses.Write, WriteEndpoints.WriteAsync);
        crm.MapPost("/" + ContractAddresses.Invitations, WriteEndpoints.InviteAsync);
        return endpoints;
    }
}
