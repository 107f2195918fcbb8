using Azure.Identity;
using CrmSync.Functions.Hosting;

namespace CrmSync.Functions.Tests.Hosting;

/// <summary>As whom telemetry is sent.</summary>
public sealed class TelemetryTests
{
    [Theory]
    [InlineData("ClientId=11111111-1111-1111-1111-111111111111;Authorization=AAD")]
    [InlineData("Authorization=AAD")]
    [InlineData(" authorization = aad ; ")]
    public void CredentialOf_Identity_IsAManagedIdentity(string setting)
    {
        Assert.IsType<ManagedIdentityCredential>(Telemetry.CredentialOf(setting));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ClientId=11111111-1111-1111-1111-111111111111")]
    [InlineData("Authorization")]
    [InlineData("Authorization=Other")]
    public void CredentialOf_NoIdentity_IsNone(string? setting)
    {
        Assert.Null(Telemetry.CredentialOf(setting));
    }
}
