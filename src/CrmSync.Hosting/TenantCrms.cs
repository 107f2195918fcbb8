using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Setup;
using CrmSync.Crm.Http;
using Microsoft.Extensions.Logging;

namespace CrmSync.Hosting;

/// <summary>
/// The tenants' CRMs: the host's own, or the one that the connection names. A tenant's CRM stays the same as long as its settings and its token stay
/// the same; one that did not answer is tried anew.
/// </summary>
/// <param name="setups">The tenants' set-up.</param>
/// <param name="secrets">Their tokens.</param>
/// <param name="own">The CRM of tenants that name none.</param>
/// <param name="time">The clock.</param>
/// <param name="log">The log.</param>
public sealed class TenantCrms(
    ISetupStore setups, ISecretStore secrets, IHostCrm own, TimeProvider time, ILogger<HttpCrm> log) : IDisposable
{
    private readonly ConcurrentDictionary<TenantId, Opened> _opened = new();
    private readonly ConcurrentBag<HttpCrm> _made = [];

    /// <summary>The tenant's CRM.</summary>
    /// <exception cref="CrmException">It does not answer, or not as agreed.</exception>
    public async Task<ICrm> OfAsync(TenantId tenant, CancellationToken cancellation)
    {
        if ((await setups.ReadAsync(tenant, cancellation)).Connection?.Crm is not { } settings)
        {
            return own.For(tenant);
        }

        var token = await secrets.ReadAsync(tenant, CrmSettings.TokenSecret, cancellation)
            ?? throw new CrmException(
                "crm-not-connected", "The CRM's token is not kept any more.", "Save the step \"connection\" with the token again.", retryHelps: false);
        var wanted = new Opened(settings, SHA256.HashData(Encoding.UTF8.GetBytes(token)), new Lazy<Task<HttpCrm>>(() => OpenAsync(settings, token)));
        var opened = _opened.AddOrUpdate(tenant, wanted, (_, current) => current.IsFor(wanted) && !current.Failed ? current : wanted);
        return await opened.Crm.Value.WaitAsync(cancellation);
    }

    /// <summary>Tests a CRM by settings that are not saved.</summary>
    public Task<ConnectionCheck> TestAsync(CrmSettings settings, string token, CancellationToken cancellation) =>
        HttpCrm.TestAsync(ConnectionOf(settings, token), time, log, cancellation: cancellation);

    /// <inheritdoc />
    // A CRM that was replaced may still be at work for a run, so CRMs live as long as the host.
    public void Dispose()
    {
        foreach (var crm in _made)
        {
            crm.Dispose();
        }
    }

    private static HttpCrmConnection ConnectionOf(CrmSettings settings, string token) => new() { Address = settings.Address, Token = token };

    // Whoever comes first opens it for all, so that no single caller's leaving ends it.
    private async Task<HttpCrm> OpenAsync(CrmSettings settings, string token)
    {
        var crm = await HttpCrm.OpenAsync(ConnectionOf(settings, token), time, log, cancellation: CancellationToken.None);
        _made.Add(crm);
        return crm;
    }

    // No record: nothing prints what it holds.
    private sealed class Opened(CrmSettings settings, byte[] tokenHash, Lazy<Task<HttpCrm>> crm)
    {
        public Lazy<Task<HttpCrm>> Crm { get; } = crm;

        public bool Failed => Crm is { IsValueCreated: true, Value.IsFaulted: true };

        private CrmSettings Settings { get; } = settings;

        private byte[] TokenHash { get; } = tokenHash;

        public bool IsFor(Opened other) => Settings == other.Settings && TokenHash.AsSpan().SequenceEqual(other.TokenHash);
    }
}
