using CrmSync.Core.Ports;
using CrmSync.Core.Setup;
using CrmSync.Core.Tests.Setup.Fakes;

namespace CrmSync.Core.Tests.Setup;

public sealed class ConnectionTests
{
    private static readonly (Records.TenantId, string) KeyName = (SetupWorld.Acme, ConnectionSettings.PrivateKeySecret);

    private readonly SetupWorld _world = new();

    public static TheoryData<ConnectionForm, string, string> BadForms() => new()
    {
        { SetupWorld.Connection with { Site = null }, "value-missing", "/site" },
        { SetupWorld.Connection with { Site = "http://psa.example.com" }, "site-invalid", "/site" },
        { SetupWorld.Connection with { Site = "https://me:pw@psa.example.com" }, "site-invalid", "/site" },
        { SetupWorld.Connection with { Site = "ftp://psa.example.com" }, "site-invalid", "/site" },
        { SetupWorld.Connection with { Company = " " }, "value-missing", "/company" },
        { SetupWorld.Connection with { Company = "ac me" }, "value-invalid", "/company" },
        { SetupWorld.Connection with { PublicKey = "" }, "value-missing", "/publicKey" },
        { SetupWorld.Connection with { PrivateKey = "a\nb" }, "value-invalid", "/privateKey" },
        { SetupWorld.Connection with { PrivateKey = null }, "private-key-missing", "/privateKey" },
        { SetupWorld.Connection with { ClientId = "crmsync" }, "client-id-invalid", "/clientId" },
        { SetupWorld.Connection with { ClientId = Guid.Empty.ToString() }, "client-id-invalid", "/clientId" },
        { SetupWorld.Connection with { DefaultCountry = "XX" }, "country-unknown", "/defaultCountry" },
        { SetupWorld.Connection with { DefaultCountry = "USA" }, "country-unknown", "/defaultCountry" },
        { SetupWorld.Connection with { Concurrency = 0 }, "concurrency-out-of-range", "/concurrency" },
        { SetupWorld.Connection with { Concurrency = 17 }, "concurrency-out-of-range", "/concurrency" },
    };

    [Theory]
    [MemberData(nameof(BadForms))]
    public async Task Save_BadForm_RefusedByItsFieldAndNothingSaved_AX3(ConnectionForm form, string code, string field)
    {
        var saved = await _world.Service.SaveAsync(SetupWorld.Acme, form, default);

        Assert.Equal((RefusalKind.Invalid, code, field), (saved.Refusal!.Kind, saved.Refusal.Code, saved.Refusal.Field));
        Assert.Empty(_world.Secrets.Secrets);
        Assert.Equal(0, (await _world.Setups.ReadAsync(SetupWorld.Acme, default)).Version);
    }

    [Fact]
    public async Task Save_SeveralFaults_DetailsNameEachByItsPointer()
    {
        var saved = await _world.Service.SaveAsync(SetupWorld.Acme, new ConnectionForm { Concurrency = 99 }, default);

        Assert.Equal(["/clientId", "/company", "/concurrency", "/publicKey", "/site"], saved.Refusal!.Details.Keys.Where(key => key.StartsWith('/')).Order());
    }

    [Fact]
    public async Task Save_CompleteForm_KeepsTheKeyInTheSecretStoreOnly_SU11()
    {
        var saved = await _world.Service.SaveAsync(SetupWorld.Acme, SetupWorld.Connection with { DefaultCountry = "de", Site = " https://psa.example.com " }, default);

        Assert.Equal(SetupWorld.Secret, _world.Secrets.Secrets[KeyName]);
        var setup = await _world.Setups.ReadAsync(SetupWorld.Acme, default);
        Assert.Equal(("https://psa.example.com", "DE", 8), (setup.Connection!.Site, setup.Connection.DefaultCountry, setup.Connection.Concurrency));
        Assert.DoesNotContain(SetupWorld.Secret, CoreJson.Serialize(setup), StringComparison.Ordinal);
        Assert.DoesNotContain(SetupWorld.Secret, CoreJson.Serialize(saved.Value), StringComparison.Ordinal);
        Assert.True(saved.Value!.PrivateKeyStored);
        Assert.Empty(_world.Tried);
    }

    [Fact]
    public async Task Save_WithoutKeySameAccount_KeepsTheStoredKey()
    {
        await _world.SaveUpToAsync(SetupStep.Connection);

        var saved = await _world.Service.SaveAsync(
            SetupWorld.Acme, SetupWorld.Connection with { PrivateKey = null, Concurrency = 2, Site = "NA.myconnectwise.net/" }, default);

        Assert.True(saved.Succeeded);
        Assert.Equal(SetupWorld.Secret, _world.Secrets.Secrets[KeyName]);
    }

    [Theory]
    [InlineData("eu.myconnectwise.net", "acme", "public")]
    [InlineData("na.myconnectwise.net", "other", "public")]
    [InlineData("na.myconnectwise.net", "acme", "another")]
    public async Task SaveOrTest_WithoutKeyOtherAccount_NeverSendsTheStoredKey_SU11(string site, string company, string publicKey)
    {
        await _world.SaveUpToAsync(SetupStep.Connection);
        var form = SetupWorld.Connection with { PrivateKey = null, Site = site, Company = company, PublicKey = publicKey };

        var saved = await _world.Service.SaveAsync(SetupWorld.Acme, form, default);
        var tested = await _world.Service.TestConnectionAsync(SetupWorld.Acme, form, default);

        Assert.Equal("private-key-missing", saved.Refusal!.Code);
        Assert.Equal("private-key-missing", tested.Refusal!.Code);
        Assert.Empty(_world.Tried);
    }

    [Fact]
    public async Task Save_SomebodyElseFaster_PutsTheOldKeyBack_AX3()
    {
        await _world.SaveUpToAsync(SetupStep.Connection);
        _world.Setups.BeforeWrite = () => _world.SaveAsync(SetupStep.Users).GetAwaiter().GetResult();

        var saved = await _world.Service.SaveAsync(SetupWorld.Acme, SetupWorld.Connection with { PrivateKey = "new" }, default);

        Assert.Equal("setup-changed", saved.Refusal!.Code);
        Assert.Equal(SetupWorld.Secret, _world.Secrets.Secrets[KeyName]);
    }

    [Fact]
    public async Task Test_GivenForm_TestsItWithoutSaving_SU2()
    {
        _world.ConnectWise.Report = new ConnectionTestReport(
            [new ConnectionCheck { Subject = "company/companies", Permission = "Companies > Company Maintenance", Passed = false, Cause = "Refused.", Remedy = "Allow it." }]);

        var report = await _world.Service.TestConnectionAsync(SetupWorld.Acme, SetupWorld.Connection, default);

        Assert.False(report.Value!.Passed);
        Assert.Equal(SetupWorld.Secret, _world.Tried.Single().Key);
        Assert.Equal(0, (await _world.Setups.ReadAsync(SetupWorld.Acme, default)).Version);
        Assert.Empty(_world.Secrets.Secrets);
    }

    [Fact]
    public async Task Test_NothingGiven_TestsTheSavedConnection_SU2()
    {
        await _world.SaveUpToAsync(SetupStep.Connection);

        var report = await _world.Service.TestConnectionAsync(SetupWorld.Acme, null, default);

        Assert.True(report.Value!.Passed);
        Assert.Equal((8, SetupWorld.Secret), (_world.Tried.Single().Connection.Concurrency, _world.Tried.Single().Key));
    }

    [Fact]
    public async Task Test_NothingGivenAndNothingSaved_Refused() =>
        Assert.Equal("step-out-of-order", (await _world.Service.TestConnectionAsync(SetupWorld.Acme, null, default)).Refusal!.Code);

    [Fact]
    public void Form_AsText_HoldsNoKey_SU11() => Assert.DoesNotContain(SetupWorld.Secret, SetupWorld.Connection.ToString(), StringComparison.Ordinal);
}
