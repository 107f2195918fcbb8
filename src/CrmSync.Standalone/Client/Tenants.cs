using CrmSync.Api.Endpoints;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Standalone.Commands;

namespace CrmSync.Standalone.Client;

/// <summary>Finds the tenant that a command is about.</summary>
internal static class Tenants
{
    private const string Remedy = "Name it with --tenant.";

    public static Task<IReadOnlyList<Tenant>> ListAsync(ApiClient api, CancellationToken cancellation) =>
        Pages.AllAsync<Tenant>(api, "api/tenants", cancellation);

    public static Task<Tenant> AddAsync(ApiClient api, string id, string name, CancellationToken cancellation) =>
        api.PostAsync<Tenant>("api/tenants", new NewTenant(id, name), cancellation);

    /// <summary>The tenant that was named, or the only one there is.</summary>
    public static async Task<TenantClient> ChooseAsync(ApiClient api, string? named, CancellationToken cancellation)
    {
        if (named is not null)
        {
            return TenantId.IsValid(named)
                ? new TenantClient(api, new TenantId(named))
                : throw new CommandException(ExitCodes.WrongInput, $"\"{named}\" is no tenant's id.", "See \"crmsync tenants\".");
        }

        IReadOnlyList<Tenant> all;
        try
        {
            all = await ListAsync(api, cancellation);
        }
        catch (ApiException e) when (e.Problem.Code == "operator-only")
        {
            throw new CommandException(ExitCodes.WrongInput, "A tenant's key does not tell which tenant it opens.", Remedy);
        }

        return all switch
        {
            [var only] => new TenantClient(api, only.Id),
            [] => throw new CommandException(
                ExitCodes.RefusedByState, "There is no tenant yet.", "Set one up with \"crmsync setup --file setup.json\", or look at \"crmsync demo\"."),
            _ => throw new CommandException(ExitCodes.WrongInput, $"There are several tenants: {string.Join(", ", all.Select(tenant => tenant.Id))}.", Remedy),
        };
    }

    /// <summary>The tenant with this id, added where it is not there yet.</summary>
    public static async Task<TenantClient> EnsureAsync(ApiClient api, string id, string? name, CancellationToken cancellation)
    {
        if (!TenantId.IsValid(id))
        {
            throw new CommandException(
                ExitCodes.WrongInput, $"\"{id}\" cannot be a tenant's id.",
                "Give 1 to 40 lower-case letters, digits and hyphens, not beginning with a hyphen.");
        }

        try
        {
            await api.GetAsync<Tenant>($"api/tenants/{id}", cancellation);
        }
        catch (ApiException e) when (e.Problem.Code == "tenant-unknown")
        {
            await AddAsync(api, id, name ?? id, cancellation);
        }

        return new TenantClient(api, new TenantId(id));
    }
}
