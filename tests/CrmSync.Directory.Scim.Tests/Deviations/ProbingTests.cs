using CrmSync.Core.Ports;
using CrmSync.Scim.Tests.Servers;

namespace CrmSync.Scim.Tests.Deviations;

/// <summary>The connection test (EM-2): each thing on its own, with cause and remedy, and nothing left behind.</summary>
public sealed class ProbingTests : DeviationTest
{
    [Fact]
    public async Task Test_FieldsThatAreDropped_AreNamed_EM2()
    {
        var (harness, report) = await TestAsync(ScimServerOptions.Strict with { DropsExtensions = true, SchemasTold = false });

        var failed = Assert.Single(report.Checks, check => !check.Passed);
        Assert.Equal("fields", failed.Subject);
        foreach (var field in (string[])["employeeIds", "location", "team", "hireDate"])
        {
            Assert.Contains(field + " (urn:", failed.Cause, StringComparison.Ordinal);
        }

        Assert.NotEmpty(failed.Remedy!);
        Assert.Equal(0, harness.Server.Store.Count);
    }

    [Fact]
    public async Task Test_NothingIsApplied_FailsAndCleansUp_EM2()
    {
        var (harness, report) = await TestAsync(ScimServerOptions.Strict with { AppliesNothing = true });

        Assert.Contains(report.Checks, check => check is { Subject: "fields", Passed: false });
        Assert.Equal(0, harness.Server.Store.Count);
    }

    [Fact]
    public async Task Test_FiltersNotOffered_PassesAndSaysSo_EM2()
    {
        var (_, report) = await TestAsync(ScimServerOptions.Strict with { FilterableBy = ["userName"], Refusal = FilterRefusal.NobodyFound });

        Assert.True(report.Passed);
        Assert.Contains(report.Checks, check => check.Subject == "searching by userName");
        Assert.Contains(report.Checks, check => check.Subject.StartsWith("searching by externalId (not offered", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Test_PicturesDropped_PassesAndSaysSo_EM2()
    {
        var (_, report) = await TestAsync(ScimServerOptions.Strict with { DropsPhotos = true, SchemasTold = false });

        Assert.True(report.Passed);
        Assert.Contains(report.Checks, check => check.Subject.StartsWith("pictures (", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Test_NobodyMayDelete_PassesAndNamesWhoStays_EM2()
    {
        var (harness, report) = await TestAsync(ScimServerOptions.Strict with { KeepsUsers = true });

        Assert.True(report.Passed);
        Assert.Contains(report.Checks, check => check.Subject.Contains("crmsync-test-", StringComparison.Ordinal));
        Assert.Equal(1, harness.Server.Store.Count);
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(1, 0)]
    public async Task Test_AnswersGetLost_LeavesNobodyBehind_EM2(int losesEach, int left)
    {
        var (harness, _) = await TestAsync(ScimServerOptions.Strict with { LosesAnswersToPostEach = losesEach });

        Assert.Equal(left, harness.Server.Store.Count);
    }

    [Fact]
    public async Task Test_WrongToken_FailsTheCredentialsOnly_SU2()
    {
        var harness = await StartAsync();
        harness.Token = "another-token-of-nobody";

        var report = await harness.Open().TestAsync(None);

        Assert.Equal(["directory", "credentials"], report.Checks.Select(check => check.Subject));
        Assert.Equal([true, false], report.Checks.Select(check => check.Passed));
        Assert.DoesNotContain(report.Checks, check => check.Cause?.Contains(harness.Token, StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Test_NobodyAnswers_IsAFailedCheckAndNoException_EM2()
    {
        var harness = await StartAsync();
        var directory = harness.Open();
        await harness.Server.StopAsync();

        var check = Assert.Single((await directory.TestAsync(None)).Checks);

        Assert.Equal(("directory", false), (check.Subject, check.Passed));
        Assert.NotEmpty(check.Remedy!);
    }

    [Theory]
    [InlineData("http://directory.example.com", "t")]
    [InlineData("https://me:pw@directory.example.com", "t")]
    [InlineData("https://directory.example.com/?a=b", "t")]
    [InlineData(null, "t")]
    [InlineData("https://directory.example.com", "")]
    [InlineData("https://directory.example.com", "a b")]
    public async Task Open_UnusableConnection_IsRefused_SU11(string? address, string token)
    {
        var harness = await StartAsync();
        var connection = new ScimConnection { Settings = harness.Settings with { Address = address }, Token = token };

        Assert.Throws<ArgumentException>(() => new ScimDirectory(connection, harness.Time, harness.Log));
        Assert.DoesNotContain("Token", connection.ToString(), StringComparison.Ordinal);
    }

    private async Task<(Support.ScimHarness Harness, ConnectionTestReport Report)> TestAsync(ScimServerOptions options)
    {
        var harness = await StartAsync(options);
        return (harness, await harness.Open().TestAsync(None));
    }
}
