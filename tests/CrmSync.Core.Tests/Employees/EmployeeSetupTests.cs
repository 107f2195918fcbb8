using CrmSync.Core.Employees;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Setup;
using CrmSync.Core.Tests.Employees.Fakes;
using CrmSync.Core.Tests.Setup.Fakes;
using static CrmSync.Core.Tests.Employees.Fakes.EmployeeWorld;

namespace CrmSync.Core.Tests.Employees;

/// <summary>EM-2 to EM-7: what can be saved, and when the sync can be enabled.</summary>
public sealed class EmployeeSetupTests
{
    private static readonly EmployeeSettings Fine = new() { MemberTypes = [1], Profile = "Employee" };

    private static readonly EmployeeSettings Scim = Fine with
    {
        Directory = new DirectorySettings { Kind = DirectoryKind.Scim, Address = "https://people.example.com/scim" },
    };

    private readonly EmployeeWorld _world = new();
    private readonly EmployeeSetup _setup;

    public EmployeeSetupTests()
    {
        _world.ConnectWise.Choices[Entity.Employee] = new() { Types = [new(1, "Sales"), new(2, "Engineer")] };
        _setup = new EmployeeSetup(_world.Setup.Setups, _world.Setup.Secrets, _world.Setup, _world.Setup.Links, _world.Sender, _world.Addresses, _world.Time);
    }

    [Fact]
    public async Task Save_BeforeTheConnection_IsRefused_SU1() =>
        Assert.Equal("step-out-of-order", (await _setup.SaveAsync(Acme, new EmployeeForm { Settings = Fine }, default)).Refusal?.Code);

    [Fact]
    public async Task Save_WithoutEnabling_NeedsNoTest_EM2()
    {
        var saved = await SaveAsync(Fine);

        Assert.False(saved.Value!.TestHolds);
        Assert.Equal(_world.Time.GetUtcNow(), saved.Value.SavedAt);
        Assert.Equal("Employee", (await _setup.ReadAsync(Acme, default)).Settings!.Profile);
    }

    [Fact]
    public async Task Enable_WithoutAPassedTest_IsRefused_EM2()
    {
        Assert.Equal("test-missing", (await SaveAsync(Fine with { Enabled = true })).Refusal?.Code);
        _world.Directory.Report = new([new ConnectionCheck { Subject = "directory", Passed = false, Cause = "No.", Remedy = "Look." }]);
        Assert.False((await _setup.TestAsync(Acme, new EmployeeForm { Settings = Fine }, default)).Value!.Passed);
        Assert.Equal("test-missing", (await SaveAsync(Fine with { Enabled = true })).Refusal?.Code);
    }

    [Fact]
    public async Task Enable_AfterATestOfTheSameSettings_IsSaved_EM2()
    {
        await SaveAsync(Fine);
        Assert.True((await _setup.TestAsync(Acme, null, default)).Value!.Passed);

        var saved = await SaveAsync(Fine with { Enabled = true, MemberTypes = [2], Status = MemberStatus.All });

        Assert.True(saved.Succeeded && saved.Value.TestHolds, saved.Refusal?.Message);
    }

    [Fact]
    public async Task Enable_AfterATestOfAnotherDirectoryTokenOrMailServer_IsRefused_EM2()
    {
        var tested = Scim with { Mail = Mail };
        await ConnectAsync();
        await _setup.TestAsync(Acme, new EmployeeForm { Settings = tested, DirectoryToken = "one" }, default);

        foreach (var (settings, token) in new[]
        {
            (tested with { Directory = tested.Directory with { Address = "https://other.example.com/scim" } }, "one"), (tested, "two"),
            (tested with { Mail = Mail with { Host = "other.example.com" } }, "one"),
        })
        {
            Assert.Equal("test-missing", (await SaveAsync(settings with { Enabled = true }, token)).Refusal?.Code);
        }

        Assert.True((await SaveAsync(tested with { Enabled = true }, "one")).Succeeded);
        await _world.Setup.Service.SaveAsync(Acme, SetupWorld.Connection with { PublicKey = "another" }, default);
        Assert.False((await _setup.ReadAsync(Acme, default)).TestHolds);
    }

    [Fact]
    public async Task Test_AsksConnectWiseForMembersOnly_EM2()
    {
        _world.ConnectWise.Report = new(
        [
            new ConnectionCheck { Subject = "site", Passed = true }, new ConnectionCheck { Subject = "system/members", Passed = true },
            new ConnectionCheck { Subject = "company/companies", Passed = false, Cause = "Forbidden.", Remedy = "Allow it." },
        ]);
        await SaveAsync(Fine with { Mail = Mail });

        var report = (await _setup.TestAsync(Acme, null, default)).Value!;

        Assert.Equal(["site", "system/members", "photos", "directory", "mail"], report.Checks.Select(check => check.Subject));
        Assert.True(report.Passed);
    }

    [Fact]
    public async Task Test_OfNothingSaved_IsRefused() => Assert.Equal("employees-not-saved", (await _setup.TestAsync(Acme, null, default)).Refusal?.Code);

    public static TheoryData<string, string, EmployeeSettings> Wrong() => new()
    {
        { "choice-unknown", "/settings/memberTypes/1", Fine with { MemberTypes = [1, 99] } },
        { "choice-unknown", "/settings/profile", Fine with { Profile = "King" } },
        { "mail-missing", "/settings/mail", Fine with { Invitations = InvitationMode.Automatically } },
        { "limit-invalid", "/settings/limits/changes", Fine with { Limits = new() { Changes = new(1.5, 0) } } },
        { "limit-invalid", "/settings/limits/emptied", Fine with { Limits = new() { Emptied = new(0.5, -1) } } },
        { "limit-invalid", "/settings/limits/creations", Fine with { Limits = new() { Creations = new(double.NaN, 1) } } },
        { "directory-address-invalid", "/settings/directory/address", Scim with { Directory = Scim.Directory with { Address = "http://people.example.com" } } },
        { "directory-address-invalid", "/settings/directory/address", Scim with { Directory = Scim.Directory with { Address = null } } },
        { "directory-token-missing", "/directoryToken", Scim },
        { "mail-password-missing", "/mailPassword", Fine with { Mail = Mail with { User = "hr" } } },
        { "mail-link-invalid", "/settings/mail/link", Fine with { Mail = Mail with { Link = "https://people.example.com/join" } } },
        { "mail-link-invalid", "/settings/mail/link", Fine with { Mail = Mail with { Link = "http://people.example.com/{token}" } } },
        { "mail-not-encrypted", "/settings/mail/encryption", Fine with { Mail = Mail with { Encryption = MailEncryption.None } } },
        { "value-invalid", "/settings/mail/port", Fine with { Mail = Mail with { Port = 0 } } },
        { "value-invalid", "/settings/mail/from", Fine with { Mail = Mail with { From = "nobody" } } },
        { "value-invalid", "/settings/mail/subject", Fine with { Mail = Mail with { Subject = "a\r\nBcc: all" } } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Save_OfWhatIsWrong_IsRefusedByName_SU9(string code, string field, EmployeeSettings settings)
    {
        var refused = (await SaveAsync(settings)).Refusal;

        Assert.Equal((code, field), (refused?.Code, refused?.Field));
        Assert.Null((await _setup.ReadAsync(Acme, default)).Settings);
    }

    [Fact]
    public async Task Secrets_AreKeptApartAndNeverSentElsewhere_SU11()
    {
        await SaveAsync(Scim with { Mail = Mail with { User = "hr" } }, "dir-s3cret", "mail-s3cret");
        var view = await _setup.ReadAsync(Acme, default);

        Assert.DoesNotContain(
            "s3cret", CoreJson.Serialize(view) + CoreJson.Serialize(await _world.Setup.Setups.ReadAsync(Acme, default)), StringComparison.Ordinal);
        Assert.True(view is { DirectoryTokenStored: true, MailPasswordStored: true });
        Assert.True((await SaveAsync(Scim with { Status = MemberStatus.All, Mail = Mail with { User = "hr" } })).Succeeded);
        Assert.Equal("directory-token-missing", (await SaveAsync(Scim with
        {
            Directory = Scim.Directory with { Address = "https://evil.example.com/scim" },
            Mail = Mail with { User = "hr" },
        })).Refusal?.Code);
        Assert.Equal("mail-password-missing", (await SaveAsync(Scim with { Mail = Mail with { User = "hr", Host = "evil.example.com" } })).Refusal?.Code);
    }

    [Fact]
    public async Task Save_OfAnotherDirectoryOnceMembersAreLinked_IsRefused()
    {
        await SaveAsync(Fine);
        await _world.Setup.Links.WriteAsync(
            Acme, Entity.Employee, [new Link { ConnectWise = new(1), Crm = new("e1"), ConnectWiseSnapshot = [], CrmSnapshot = [], Run = new("r") }], default);

        Assert.Equal("directory-in-use", (await SaveAsync(Scim, "token")).Refusal?.Code);
    }

    [Fact]
    public async Task Save_WhileSomebodyElseSaves_IsRefusedAndKeepsTheOldSecret_AX3()
    {
        await SaveAsync(Scim, "first");
        _world.Setup.Setups.BeforeWrite = () => _world.Setup.Setups.TryWriteAsync(Acme, _world.Setup.Setups.ReadAsync(Acme, default).Result, default).Wait();

        Assert.Equal("setup-changed", (await SaveAsync(Scim, "second")).Refusal?.Code);

        Assert.Equal("first", _world.Setup.Secrets.Secrets[(Acme, DirectorySettings.TokenSecret)]);
    }

    [Fact]
    public async Task Options_AreReadLive_SU9()
    {
        await ConnectAsync();

        var options = (await _setup.OptionsAsync(Acme, default)).Value!;

        Assert.Equal(["Sales", "Engineer"], options.MemberTypes.Select(type => type.Name));
        Assert.Equal(["Employee", "Manager"], options.Profiles);
    }

    private async Task<Result<EmployeeSettingsView>> SaveAsync(EmployeeSettings settings, string? token = null, string? password = null)
    {
        await ConnectAsync();
        return await _setup.SaveAsync(Acme, new EmployeeForm { Settings = settings, DirectoryToken = token, MailPassword = password }, default);
    }

    private async Task ConnectAsync()
    {
        if ((await _world.Setup.Setups.ReadAsync(Acme, default)).Connection is null)
        {
            await _world.Setup.SaveUpToAsync(SetupStep.Connection);
        }
    }
}
