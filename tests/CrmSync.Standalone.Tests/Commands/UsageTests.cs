using CrmSync.Standalone.Commands;
using CrmSync.Standalone.Tests.Support;

namespace CrmSync.Standalone.Tests.Commands;

public sealed class UsageTests
{
    [Theory]
    [InlineData("improt")]
    [InlineData("import --stage users")]
    [InlineData("import --strange")]
    [InlineData("demo --companies -1")]
    [InlineData("demo --companies many")]
    [InlineData("serve --port 70000")]
    [InlineData("explain company")]
    [InlineData("runs --limit 0")]
    [InlineData("setup")]
    [InlineData("setup --file missing.json")]
    [InlineData("employees")]
    [InlineData("employees plan apply")]
    [InlineData("employees settings --file missing.json")]
    public async Task CommandLine_WrongUsage_Is2AndSaysSoOnTheErrorStream(string line)
    {
        var result = await CommandResult.OfAsync(line.Split(' '));

        Assert.Equal(ExitCodes.WrongInput, result.Code);
        Assert.Empty(result.Output);
        Assert.NotEmpty(result.Message);
    }

    [Fact]
    public async Task CommandLine_MistypedCommand_SuggestsTheRightOne()
    {
        var result = await CommandResult.OfAsync("improt");

        Assert.Contains("import", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("demo")]
    [InlineData("serve")]
    [InlineData("setup")]
    [InlineData("import")]
    [InlineData("runs")]
    [InlineData("explain")]
    [InlineData("employees")]
    [InlineData("employees settings")]
    [InlineData("employees test")]
    [InlineData("employees sync")]
    [InlineData("employees plan apply")]
    [InlineData("employees explain")]
    [InlineData("employees list")]
    [InlineData("employees invite")]
    [InlineData("crm")]
    [InlineData("crm serve")]
    [InlineData("tenants")]
    [InlineData("keys")]
    [InlineData("simulate")]
    public async Task Help_AnyCommand_ListsTheExitCodesInEightyColumns(string command)
    {
        var result = await CommandResult.OfAsync([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Equal(ExitCodes.Done, result.Code);
        Assert.Contains("130  cancelled", result.Output, StringComparison.Ordinal);
        Assert.All(result.Lines, line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public async Task Client_NoDataDirectory_Is3AndNamesTheWaysOut()
    {
        using var files = new TempDirectory();

        var result = await CommandResult.OfAsync("runs", "--data", Path.Combine(files.Path, "nothing"));

        Assert.Equal(ExitCodes.RefusedByState, result.Code);
        Assert.Contains("There is no data directory", result.Message, StringComparison.Ordinal);
        Assert.Contains("--server", result.Message, StringComparison.Ordinal);
    }
}
