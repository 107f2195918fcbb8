using CrmSync.Core.Ports;
using CrmSync.Core.Setup;
using CrmSync.Core.Tests.Setup.Fakes;

namespace CrmSync.Api.Tests;

public sealed class SecretTests : IAsyncLifetime
{
    private readonly ApiHost _api = new();

    public Task InitializeAsync() => _api.InitializeAsync();

    public Task DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task PrivateKey_WhateverIsAsked_InNoAnswerAndNoLog_SU11()
    {
        const string Connection = "/api/tenants/acme/setup/connection";
        await _api.PutAsync(Connection, SetupWorld.Connection);
        await _api.PutAsync(Connection, SetupWorld.Connection with { Concurrency = 99 });
        await _api.PutAsync(Connection, SetupWorld.Connection with { PrivateKey = $"{SetupWorld.Secret} {SetupWorld.Secret}" });
        await _api.SendAsync(HttpMethod.Put, Connection, _api.Acme, ApiHost.Json($$"""{"privateKey":["{{SetupWorld.Secret}}"]}"""));
        await _api.SendAsync(HttpMethod.Put, Connection, _api.Acme, ApiHost.Json($$"""{"privateKey":"{{SetupWorld.Secret}}" oops"""));
        await _api.SendAsync(HttpMethod.Put, Connection, _api.Acme, new StringContent($"privateKey={SetupWorld.Secret}"));
        await _api.PostAsync($"{Connection}/test", Core.CoreJson.Serialize(SetupWorld.Connection));
        await _api.PostAsync($"{Connection}/test");
        await _api.SaveUpToAsync(SetupStep.Opportunities);
        foreach (var step in SetupSteps.All.Select(SetupSteps.NameOf))
        {
            await _api.GetAsync($"/api/tenants/acme/setup/{step}");
            await _api.GetAsync($"/api/tenants/acme/setup/{step}/options");
            await _api.GetAsync($"/api/tenants/acme/setup/{step}/fields");
        }

        foreach (var path in new[] { "", "/setup", "/users", "/runs", "/backups", "/links/users", "/crm/users", "/crm/users?search=explode" })
        {
            await _api.GetAsync($"/api/tenants/acme{path}");
        }

        await _api.GetAsync("/api/tenants", _api.Operator);
        _api.World.ConnectWise.Failure = new ConnectWiseException(
            "forbidden", "Refused.", "Allow it.", false, new InvalidOperationException(SetupWorld.Secret));
        await _api.GetAsync("/api/tenants/acme/users");

        Assert.Equal(SetupWorld.Secret, _api.World.Secrets.Secrets[(SetupWorld.Acme, ConnectionSettings.PrivateKeySecret)]);
        Assert.True(_api.Answered.Count > 30);
        Assert.DoesNotContain(_api.Answered, answer => answer.Contains(SetupWorld.Secret, StringComparison.Ordinal));
        Assert.NotEmpty(_api.Logs.Lines);
        Assert.DoesNotContain(_api.Logs.Lines, line => line.Contains(SetupWorld.Secret, StringComparison.Ordinal));
        Assert.DoesNotContain(_api.Logs.Lines, line => line.Contains(_api.Acme, StringComparison.Ordinal));
    }
}
