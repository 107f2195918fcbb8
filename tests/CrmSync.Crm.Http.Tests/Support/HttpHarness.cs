using System.Collections.Concurrent;
using CrmSync.Contracts.Crm;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Crm.BuiltIn;
using CrmSync.Crm.BuiltIn.Tests;
using Microsoft.AspNetCore.Http;

namespace CrmSync.Crm.Http.Tests.Support;

/// <summary>The built-in CRM, as the connector sees it through a real port.</summary>
internal sealed class HttpHarness : ICrmHarness
{
    private const string Prefix = "token-of-";

    private readonly ConcurrentDictionary<string, HttpCrm> _crms = new();
    private readonly BuiltInHarness _builtIn;

    private HttpHarness(BuiltInHarness builtIn, ContractHost host, PassingTime time) => (_builtIn, Host, Time) = (builtIn, host, time);

    public ContractHost Host { get; }

    /// <summary>The connector's clock.</summary>
    public PassingTime Time { get; }

    public LogCapture Log { get; } = new();

    public BuiltInHarness BuiltIn => _builtIn;

    public static string TokenOf(string tenant) => Prefix + tenant;

    /// <summary>Starts a CRM, with or without something in between.</summary>
    public static async Task<HttpHarness> StartAsync(Func<PassingTime, Func<HttpContext, RequestDelegate, Task>>? between = null)
    {
        var time = new PassingTime();
        var builtIn = await BuiltInHarness.StartAsync();
        var host = await ContractHost.StartAsync(token => Opens(builtIn, token), between?.Invoke(time));
        var harness = new HttpHarness(builtIn, host, time);
        foreach (var tenant in new[] { "acme", "other" })
        {
            harness._crms[tenant] = await HttpCrm.OpenAsync(harness.ConnectionOf(tenant), time, harness.Log);
        }

        return harness;
    }

    public HttpCrmConnection ConnectionOf(string tenant) => new()
    {
        Address = Host.Address.ToString(),
        Token = TokenOf(tenant),
        RequestTimeout = PassingTime.RequestTimeout,
        MaxAttempts = 40,
    };

    public ICrm Open(string tenant) => _crms[tenant];

    public Task<IReadOnlyList<string>> ListsOfAsync(string tenant, CrmId contact) => _builtIn.ListsOfAsync(tenant, contact);

    public Task<int> InvitationsOfAsync(string tenant, string email) => _builtIn.InvitationsOfAsync(tenant, email);

    public Task<string?> DefineFieldAsync(string tenant, Entity entity, string name, FieldKind kind, params string[] choices) =>
        _builtIn.DefineFieldAsync(tenant, entity, name, kind, choices);

    public Task DeleteAsync(string tenant, Entity entity, CrmId id) => _builtIn.DeleteAsync(tenant, entity, id);

    public Task PassTimeAsync() => _builtIn.PassTimeAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var crm in _crms.Values)
        {
            crm.Dispose();
        }

        await Host.DisposeAsync();
        await _builtIn.DisposeAsync();
        Assert.DoesNotContain(Log.Lines, line => line.Contains(Prefix, StringComparison.Ordinal));
    }

    private static ServedBuiltInCrm? Opens(BuiltInHarness builtIn, string token) =>
        token.StartsWith(Prefix, StringComparison.Ordinal) ? builtIn.Factory.ServedFor(new(token[Prefix.Length..])) : null;
}
