using System.Security.Cryptography;
using System.Text;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Crm.BuiltIn;
using CrmSync.Crm.Http;
using CrmSync.Standalone.Commands;
using CrmSync.Standalone.Console;
using CrmSync.Storage.Sqlite;

namespace CrmSync.Standalone.Hosting;

/// <summary>What the CRM alone is served with.</summary>
internal sealed record CrmServerOptions
{
    /// <summary>Where the CRM is kept; made where it is missing.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The address to listen at; port 0 for any free one.</summary>
    public string Url { get; init; } = "http://127.0.0.1:0";

    /// <summary>Whose CRM; null for the only tenant that the data directory has, or "crm" where it has none.</summary>
    public string? Tenant { get; init; }

    /// <summary>The token that opens it; null for one that is made and kept in a file.</summary>
    public string? Token { get; init; }

    /// <summary>Where log lines go.</summary>
    public required LogLines Log { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>The built-in CRM of one tenant, served to others by the HTTP contract.</summary>
internal sealed class CrmServer : IAsyncDisposable
{
    private const string DefaultTenant = "crm";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly OpenedDataDirectory _data;
    private readonly WebApplication _web;

    private CrmServer(OpenedDataDirectory data, WebApplication web, TenantId tenant, string? tokenFile) =>
        (_data, _web, Tenant, TokenFile, BaseAddress) = (data, web, tenant, tokenFile, web.BaseAddress());

    /// <summary>The address it answers at.</summary>
    public Uri BaseAddress { get; }

    /// <summary>Whose CRM it is.</summary>
    public TenantId Tenant { get; }

    /// <summary>The file that holds the token; null where it was given.</summary>
    public string? TokenFile { get; }

    /// <summary>Starts it.</summary>
    /// <exception cref="CommandException">The tenant was not named, and there are several, or its name is no tenant's.</exception>
    /// <exception cref="DataDirectoryInUseException">Another process uses the data directory.</exception>
    /// <exception cref="StorageException">The data file cannot be used.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<CrmServer> StartAsync(CrmServerOptions options, CancellationToken cancellation = default)
    {
        var data = await OpenedDataDirectory.OpenAsync(options.DataDirectory, cancellation);
        try
        {
            return await StartAsync(options, data, cancellation);
        }
        catch
        {
            await data.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops within seconds: no more requests, the file closed.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await _web.StopAsync(patience.Token);
        }
        finally
        {
            await _web.DisposeAsync();
            await _data.DisposeAsync();
        }
    }

    private static async Task<CrmServer> StartAsync(CrmServerOptions options, OpenedDataDirectory data, CancellationToken cancellation)
    {
        var stores = await data.OpenStoresAsync(options.Time, cancellation);
        var tenant = await ChooseAsync(options.Tenant, stores.Tenants, cancellation);
        var file = options.Token is null ? Path.Combine(data.Path, $"crm-{tenant}.token") : null;
        var token = options.Token ?? await EnsureTokenAsync(file!, cancellation);
        var builder = WebHosts.MakeBuilder(options.Url, options.Log);
        builder.Services.AddSingleton<IHostLifetime, OwnedLifetime>();
        var web = builder.Build();
        try
        {
            web.MapCrmContract(Opens(token, new BuiltInCrmFactory(data.Database, options.Time).ServedFor(tenant)));
            await web.StartAsync(cancellation);
            return new CrmServer(data, web, tenant, file);
        }
        catch
        {
            await web.DisposeAsync();
            throw;
        }
    }

    private static async Task<TenantId> ChooseAsync(string? named, SqliteTenantStore tenants, CancellationToken cancellation)
    {
        if (named is not null)
        {
            return TenantId.IsValid(named)
                ? new TenantId(named)
                : throw new CommandException(ExitCodes.WrongInput, $"\"{named}\" is no tenant's id.", "Give 1 to 40 lower-case letters, digits and hyphens.");
        }

        return await tenants.ListAsync(cancellation) switch
        {
            [] => new TenantId(DefaultTenant),
            [var only] => only.Id,
            var all => throw new CommandException(
                ExitCodes.WrongInput, $"There are several tenants: {string.Join(", ", all.Select(tenant => tenant.Id))}.", "Name one with --tenant."),
        };
    }

    private static async Task<string> EnsureTokenAsync(string path, CancellationToken cancellation)
    {
        if (OwnerFile.Read(path) is { Length: > 0 } kept)
        {
            return kept;
        }

        var made = RandomTexts.NewKey();
        await OwnerFile.WriteAsync(path, made, cancellation);
        return made;
    }

    private static Func<string, IServedCrm?> Opens(string token, ServedBuiltInCrm crm)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(token));
        return given => CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), hash) ? crm : null;
    }
}
