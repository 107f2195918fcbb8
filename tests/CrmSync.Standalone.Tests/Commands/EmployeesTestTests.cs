using CrmSync.Simulator;
using CrmSync.Standalone.Commands;
using CrmSync.Standalone.Tests.Support;

namespace CrmSync.Standalone.Tests.Commands;

/// <summary>"Test integration" by command (EM-2): what the API member lacks is named, with what to do about it.</summary>
public sealed class EmployeesTestTests(EmployedAccount account) : IClassFixture<EmployedAccount>
{
    [Theory]
    [InlineData(PermissionLines.MemberMaintenance, "system/members")]
    [InlineData(PermissionLines.TableSetup, "system/members/types")]
    [InlineData(PermissionLines.ManageDocuments, "photos")]
    public async Task Test_WithoutAPermission_NamesItWithTheRemedyAndDoesNotPass_EM2(string permission, string subject)
    {
        Assert.Equal(ExitCodes.Done, (await account.SaveAsync("""{ "memberTypes": "*" }""")).Code);
        account.ConnectWise.Deny(permission);
        var denied = await account.EmployeesAsync("test");
        account.ConnectWise.Allow(permission);
        var allowed = await account.EmployeesAsync("test", "--json");

        var failed = string.Join(' ', denied.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(ExitCodes.Unavailable, denied.Code);
        Assert.Contains($"FAILED {subject}:", failed, StringComparison.Ordinal);
        Assert.Contains($"{permission}: Inquire All", failed, StringComparison.Ordinal);
        Assert.EndsWith("Not all passed: the sync cannot be enabled.", failed, StringComparison.Ordinal);
        Assert.True(allowed.Code == ExitCodes.Done, allowed.Output);
        Assert.Contains(allowed.Json["checks"]!.AsArray(), check => check!["subject"]!.ToString() == subject);
    }

    [Theory]
    [InlineData(PermissionLines.CompanyMaintenance)]
    [InlineData(PermissionLines.Opportunity)]
    [InlineData(PermissionLines.ProductCatalog)]
    public async Task Test_WithoutWhatOnlyImportsNeed_Passes_EM2(string permission)
    {
        Assert.Equal(ExitCodes.Done, (await account.SaveAsync("""{ "memberTypes": "*" }""")).Code);
        account.ConnectWise.Deny(permission);
        var result = await account.EmployeesAsync("test");
        account.ConnectWise.Allow(permission);

        Assert.True(result.Code == ExitCodes.Done, result.Output);
    }
}
