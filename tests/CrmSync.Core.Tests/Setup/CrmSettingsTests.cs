using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Setup;
using CrmSync.Core.Tests.Setup.Fakes;

namespace CrmSync.Core.Tests.Setup;

/// <summary>The choice of a CRM in the step "connection".</summary>
public sealed class CrmSettingsTests
{
    private const string Token = "t0ken-of-the-crm";
    private static readonly (TenantId, string) TokenName = (SetupWorld.Acme, CrmSettings.TokenSecret);

    private static readonly ConnectionForm WithCrm = SetupWorld.Connection with
    {
        Crm = new CrmForm { Kind = CrmKind.Http, Address = "https://crm.example.com/acme", Token = Token },
    };

    private readonly SetupWorld _world = new();

    public static TheoryData<CrmForm, string, string> BadForms() => new()
    {
        { WithCrm.Crm! with { Address = null }, "crm-address-invalid", "/crm/address" },
        { WithCrm.Crm! with { Address = "crm.example.com" }, "crm-address-invalid", "/crm/address" },
        { WithCrm.Crm! with { Address = "http://crm.example.com" }, "crm-address-invalid", "/crm/address" },
        { WithCrm.Crm! with { Address = "https://me:pw@crm.example.com" }, "crm-address-invalid", "/crm/address" },
        { WithCrm.Crm! with { Address = "https://crm.example.com?a=b" }, "crm-address-invalid", "/crm/address" },
        { WithCrm.Crm! with { Address = "https://crm.example.com#a" }, "crm-address-invalid", "/crm/address" },
        { WithCrm.Crm! with { Token = null }, "crm-token-missing", "/crm/token" },
        { WithCrm.Crm! with { Token = " " }, "value-invalid", "/crm/token" },
        { WithCrm.Crm! with { Token = "a\nb" }, "value-invalid", "/crm/token" },
        { WithCrm.Crm! with { Token = "schlüssel" }, "value-invalid", "/crm/token" },
        { WithCrm.Crm! with { Kind = null }, "crm-kind-missing", "/crm/kind" },
        { WithCrm.Crm! with { Kind = CrmKind.BuiltIn }, "crm-kind-missing", "/crm/kind" },
    };

    [Theory]
    [MemberData(nameof(BadForms))]
    public async Task Save_BadForm_RefusedByItsFieldAndNothingSaved_AX3(CrmForm crm, string code, string field)
    {
        var saved = await SaveAsync(SetupWorld.Connection with { Crm = crm });

        Assert.Equal((RefusalKind.Invalid, code, field), (saved.Refusal!.Kind, saved.Refusal.Code, saved.Refusal.Field));
        Assert.DoesNotContain("schlüssel", saved.Refusal.Message, StringComparison.Ordinal);
        Assert.Empty(_world.Secrets.Secrets);
        Assert.Equal(0, (await _world.Setups.ReadAsync(SetupWorld.Acme, default)).Version);
    }

    [Fact]
    public async Task Save_NoCrm_IsTheBuiltInOneWithoutASetting()
    {
        await SaveAsync(SetupWorld.Connection);
        await SaveAsync(SetupWorld.Connection with { Crm = new CrmForm { Kind = CrmKind.BuiltIn } });

        Assert.Null((await _world.Setups.ReadAsync(SetupWorld.Acme, default)).Connection!.Crm);
        Assert.DoesNotContain(TokenName, _world.Secrets.Secrets.Keys);
    }

    [Theory]
    [InlineData("https://crm.example.com/acme")]
    [InlineData(" HTTPS://CRM.example.com:443/acme/ ")]
    public async Task Save_HttpCrm_KeepsTheTokenInTheSecretStoreOnly_SU11(string address)
    {
        var saved = await SaveAsync(WithCrm with { Crm = WithCrm.Crm! with { Address = address } });

        var setup = await _world.Setups.ReadAsync(SetupWorld.Acme, default);
        Assert.Equal(new CrmSettings { Kind = CrmKind.Http, Address = "https://crm.example.com/acme/" }, setup.Connection!.Crm);
        Assert.Equal(Token, _world.Secrets.Secrets[TokenName]);
        Assert.True(saved.Value!.CrmTokenStored);
        Assert.DoesNotContain(Token, CoreJson.Serialize(setup) + CoreJson.Serialize(saved.Value) + WithCrm, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, WithCrm.Crm!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_WithoutTokenSameAddress_KeepsTheStoredOne()
    {
        await SaveAsync(WithCrm);

        var saved = await SaveAsync(WithCrm with { Crm = WithCrm.Crm! with { Token = null, Address = "https://crm.example.com/acme/" } });

        Assert.True(saved.Succeeded);
        Assert.Equal(Token, _world.Secrets.Secrets[TokenName]);
    }

    [Fact]
    public async Task SaveOrTest_WithoutTokenOtherAddress_NeverSendsTheStoredOne_SU11()
    {
        await SaveAsync(WithCrm);
        var elsewhere = WithCrm with { Crm = WithCrm.Crm! with { Token = null, Address = "https://elsewhere.example.com" } };

        var saved = await SaveAsync(elsewhere);
        var tested = await _world.Service.TestConnectionAsync(SetupWorld.Acme, elsewhere, default);

        Assert.Equal(("crm-token-missing", "crm-token-missing"), (saved.Refusal!.Code, tested.Refusal!.Code));
        Assert.Empty(_world.TriedCrms);
    }

    [Fact]
    public async Task Save_SomebodyElseFaster_PutsTheOldTokenBack_AX3()
    {
        await SaveAsync(WithCrm);
        _world.Setups.BeforeWrite = () => _world.SaveAsync(SetupStep.Users).GetAwaiter().GetResult();

        var saved = await SaveAsync(WithCrm with { Crm = WithCrm.Crm! with { Token = "new" } });

        Assert.Equal("setup-changed", saved.Refusal!.Code);
        Assert.Equal(Token, _world.Secrets.Secrets[TokenName]);
    }

    [Fact]
    public async Task Save_AnotherCrmWhereRecordsAreLinked_IsRefused_CO5()
    {
        await SaveAsync(WithCrm);
        var link = new Link { ConnectWise = new(1), Crm = new("1"), ConnectWiseSnapshot = new(0), CrmSnapshot = new(0), Run = new("r") };
        await _world.Links.WriteAsync(SetupWorld.Acme, Entity.Company, [link], default);

        var other = await SaveAsync(WithCrm with { Crm = WithCrm.Crm! with { Address = "https://elsewhere.example.com" } });
        var builtIn = await SaveAsync(SetupWorld.Connection);
        var newToken = await SaveAsync(WithCrm with { Concurrency = 2, Crm = WithCrm.Crm! with { Token = "new" } });

        Assert.Equal((RefusalKind.Conflict, "crm-in-use"), (other.Refusal!.Kind, other.Refusal.Code));
        Assert.Equal("crm-in-use", builtIn.Refusal!.Code);
        Assert.True(newToken.Succeeded);
        Assert.Equal("new", _world.Secrets.Secrets[TokenName]);
    }

    [Fact]
    public async Task Test_HttpCrm_IsACheckOfItsOwn_SU2()
    {
        _world.CrmCheck = new ConnectionCheck { Subject = "crm", Passed = false, Cause = "The CRM refuses the token.", Remedy = "Enter another." };

        var report = await _world.Service.TestConnectionAsync(SetupWorld.Acme, WithCrm, default);

        Assert.False(report.Value!.Passed);
        Assert.Equal(["site", "crm"], report.Value.Checks.Select(check => check.Subject));
        Assert.Equal(("https://crm.example.com/acme/", Token), (_world.TriedCrms.Single().Crm.Address, _world.TriedCrms.Single().Token));
    }

    [Fact]
    public async Task Test_NothingGiven_TestsTheSavedCrmWithTheStoredToken_SU2()
    {
        await SaveAsync(WithCrm);

        var report = await _world.Service.TestConnectionAsync(SetupWorld.Acme, null, default);

        Assert.True(report.Value!.Passed);
        Assert.Equal(Token, _world.TriedCrms.Single().Token);
    }

    [Fact]
    public async Task Test_BuiltInCrm_NeedsNone()
    {
        var report = await _world.Service.TestConnectionAsync(SetupWorld.Acme, SetupWorld.Connection, default);

        Assert.Equal("site", Assert.Single(report.Value!.Checks).Subject);
        Assert.Empty(_world.TriedCrms);
    }

    private Task<Result<StepView>> SaveAsync(ConnectionForm form) => _world.Service.SaveAsync(SetupWorld.Acme, form, default);
}
