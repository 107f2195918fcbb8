using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using CrmSync.ConnectWise;
using CrmSync.Core.Employees;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Setup;
using Microsoft.Extensions.Logging;

namespace CrmSync.Hosting;

/// <summary>
/// The tenants' systems: ConnectWise by the saved connection, and the CRM. A tenant's ConnectWise client stays the same as long as its connection
/// and its key stay the same, so that all work of the tenant shares one limit on requests; over the instances of a host that scales out, too.
/// </summary>
/// <param name="setups">The tenants' set-up.</param>
/// <param name="secrets">Their keys.</param>
/// <param name="crms">Their CRMs.</param>
/// <param name="directories">Their employee directories.</param>
/// <param name="time">The clock.</param>
/// <param name="log">The log.</param>
/// <param name="host">How the host works.</param>
public sealed class TenantSystems(
    ISetupStore setups, ISecretStore secrets, TenantCrms crms, TenantDirectories directories, TimeProvider time, ILogger<ConnectWiseClient> log, HostTraits host)
    : ISystems, IDisposable
{
    private readonly ConcurrentDictionary<TenantId, Opened> _opened = new();
    private readonly ConcurrentBag<ConnectWiseClient> _made = [];

    /// <inheritdoc />
    public async Task<IConnectWise> ConnectWiseAsync(TenantId tenant, CancellationToken cancellation)
    {
        var connection = (await setups.ReadAsync(tenant, cancellation)).Connection;
        var key = await secrets.ReadAsync(tenant, ConnectionSettings.PrivateKeySecret, cancellation);
        if (connection is null || key is null)
        {
            throw new ConnectWiseException("not-connected", "No connection to ConnectWise was saved.", "Save the step \"connection\" first.",
                retryHelps: false);
        }

        var wanted = new Opened(connection, SHA256.HashData(Encoding.UTF8.GetBytes(key)), new Lazy<ConnectWiseClient>(() => Make(connection, key)));
        return _opened.AddOrUpdate(tenant, wanted, (_, current) => current.IsFor(wanted) ? current : wanted).Client.Value;
    }

    /// <inheritdoc />
    public IConnectWise ConnectWise(ConnectionSettings connection, string privateKey) => Make(connection, privateKey);

    /// <inheritdoc />
    public Task<ICrm> CrmAsync(TenantId tenant, CancellationToken cancellation) => crms.OfAsync(tenant, cancellation);

    /// <inheritdoc />
    public Task<ConnectionCheck> TestCrmAsync(CrmSettings crm, string token, CancellationToken cancellation) => crms.TestAsync(crm, token, cancellation);

    /// <inheritdoc />
    public Task<IDirectory> DirectoryAsync(TenantId tenant, CancellationToken cancellation) => directories.OfAsync(tenant, cancellation);

    /// <inheritdoc />
    public IDirectory OpenDirectory(TenantId tenant, DirectorySettings settings, string? token) => directories.Open(tenant, settings, token);

    /// <inheritdoc />
    // A client that was replaced may still be at work for a run, so clients live as long as the host.
    public void Dispose()
    {
        foreach (var client in _made)
        {
            client.Dispose();
        }
    }

    private ConnectWiseClient Make(ConnectionSettings connection, string privateKey)
    {
        var client = new ConnectWiseClient(
            new ConnectWiseConnection
            {
                Site = connection.Site,
                CompanyId = connection.Company,
                PublicKey = connection.PublicKey,
                PrivateKey = privateKey,
                ClientId = Guid.Parse(connection.ClientId),
                MaxConcurrency = connection.Concurrency,
                Shared = host.ScalesOut,
            },
            time,
            log);
        _made.Add(client);
        return client;
    }

    // No record: nothing prints what it holds.
    private sealed class Opened(ConnectionSettings connection, byte[] keyHash, Lazy<ConnectWiseClient> client)
    {
        public Lazy<ConnectWiseClient> Client { get; } = client;

        private ConnectionSettings Connection { get; } = connection;

        private byte[] KeyHash { get; } = keyHash;

        public bool IsFor(Opened other) => Connection == other.Connection && KeyHash.AsSpan().SequenceEqual(other.KeyHash);
    }
}
