using CrmSync.Standalone.Commands;
using CrmSync.Standalone.Tests.Support;

namespace CrmSync.Standalone.Tests.Commands;

/// <summary>The commands before anything was saved, and settings from files.</summary>
public sealed class EmployeesStateTests : IAsyncLifetime, IDisposable
{
    private readonly EmployedAccount _account = new();

    public Task InitializeAsync() => _account.InitializeAsync();

    public Task DisposeAsync() => _account.DisposeAsync();

    public void Dispose() => _account.Dispose();

    [Fact]
    public async Task Commands_BeforeSettings_Are3()
    {
        foreach (var line in new[] { "sync", "test", "explain 1", "invite --all" })
        {
            var result = await _account.EmployeesAsync(line.Split(' '));

            Assert.Equal(ExitCodes.RefusedByState, result.Code);
            Assert.Contains("have not been saved", result.Message, StringComparison.Ordinal);
        }

        Assert.Contains("Nothing has been saved yet.", (await _account.EmployeesAsync("settings")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_EnabledWithoutATest_Is3_EM2()
    {
        var result = await _account.SaveAsync("""{ "enabled": true, "memberTypes": "*" }""");

        Assert.Equal(ExitCodes.RefusedByState, result.Code);
        Assert.Contains("no test of this connection", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "memberTypes": ["Wizard"] }""", "ConnectWise has no member type \"Wizard\".")]
    [InlineData("""{ "profile": "King" }""", "no active profile \"King\"")]
    [InlineData("[]", "It is no JSON object.")]
    [InlineData("""{ "directory": { "kind": "scim", "address": "https://x.example.com", "tokenEnv": "NO_SUCH" } }""", "NO_SUCH")]
    public async Task Settings_Unusable_Are2AndSayWhatIsWrong(string file, string expected)
    {
        var result = await _account.SaveAsync(file);

        Assert.Equal(ExitCodes.WrongInput, result.Code);
        Assert.Contains(expected, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Template_Printed_CanBeSaved()
    {
        var template = await CommandResult.OfAsync("employees", "settings", "--print-template");

        Assert.All(template.Lines, line => Assert.True(line.Length <= 80, line));
        Assert.Equal(ExitCodes.Done, (await _account.SaveAsync(template.Output)).Code);
    }
}
