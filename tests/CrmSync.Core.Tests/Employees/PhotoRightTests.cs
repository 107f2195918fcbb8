using CrmSync.Core.Employees;
using CrmSync.Core.Ports;
using CrmSync.Core.Setup;
using CrmSync.Core.Tests.Employees.Fakes;
using static CrmSync.Core.Tests.Employees.Fakes.EmployeeWorld;

namespace CrmSync.Core.Tests.Employees;

/// <summary>EM-2: whether photos may be read is tested where the directory takes pictures, and nowhere else.</summary>
public sealed class PhotoRightTests
{
    private readonly EmployeeWorld _world = new();

    [Theory]
    [InlineData(PictureWay.Content, true)]
    [InlineData(PictureWay.Address, true)]
    [InlineData(PictureWay.None, false)]
    public async Task Test_PhotosAreRefused_FailsOnlyWhereTheyAreNeeded_EM2(PictureWay pictures, bool needed)
    {
        await _world.Setup.SaveUpToAsync(SetupStep.Connection);
        _world.Directory.Capabilities = _world.Directory.Capabilities with { Pictures = pictures };
        _world.ConnectWise.Failure = new ConnectWiseException("forbidden", "It may not.", "Give the right to read documents.", retryHelps: false);
        _world.ConnectWise.Report = new([new ConnectionCheck { Subject = "system/members", Passed = true }]);
        await _world.SetAsync(new EmployeeSettings { MemberTypes = null });
        var setup = new EmployeeSetup(
            _world.Setup.Setups, _world.Setup.Secrets, _world.Setup, _world.Setup.Links, _world.Sender, _world.Addresses, _world.Time);

        var report = (await setup.TestAsync(Acme, null, default)).Value!;

        Assert.Equal(!needed, report.Passed);
        Assert.Equal(
            needed ? [("It may not.", "Give the right to read documents.")] : [],
            report.Checks.Where(check => !check.Passed).Select(check => (check.Cause!, check.Remedy!)));
    }
}
