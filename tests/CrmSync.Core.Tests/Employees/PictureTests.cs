using CrmSync.Core.Employees;
using CrmSync.Core.Ports;
using CrmSync.Core.Tests.Employees.Fakes;
using static CrmSync.Core.Tests.Employees.Fakes.EmployeeWorld;

namespace CrmSync.Core.Tests.Employees;

/// <summary>EM-10: pictures are looked at when they may have changed, and transferred when they have.</summary>
public sealed class PictureTests
{
    private static readonly EmployeeSettings Settings = new() { Enabled = true, MemberTypes = null };

    private readonly EmployeeWorld _world = new();

    [Fact]
    public async Task Member_ChangedWithTheSamePicture_IsLookedAtAndNotTransferred_EM10()
    {
        await SyncedAsync();

        await _world.With(Member(1, photo: "9", updated: 1)).SyncAsync();

        Assert.Equal((2, 1), (_world.ConnectWise.Downloads, _world.Directory.Pictures.Count));
    }

    [Fact]
    public async Task Picture_WithOtherBytes_IsTransferred_EM10()
    {
        await SyncedAsync();
        _world.ConnectWise.Photos[new(1)] = Png(2);

        var run = await _world.With(Member(1, photo: "10", updated: 1)).SyncAsync();

        Assert.Equal((2, 1), (_world.Directory.Pictures.Count, run.Report!.Employees!.Pictures));
    }

    [Fact]
    public async Task Picture_ThatIsGone_IsTakenAwayOnce_EM10()
    {
        await SyncedAsync();

        await _world.With(Member(1, updated: 1)).SyncAsync();
        await _world.With(Member(1, updated: 2)).SyncAsync();

        Assert.Null(_world.Directory.Pictures[1].Picture);
        Assert.Equal(2, _world.Directory.Pictures.Count);
    }

    [Fact]
    public async Task Picture_OfAnotherKindOrTooLarge_IsLeftOutAndTold_EM10()
    {
        await _world.With(Member(1, photo: "1"), Member(2, photo: "2")).SetAsync(Settings);
        _world.ConnectWise.Photos[new(1)] = "<svg/>"u8.ToArray();
        _world.ConnectWise.Photos[new(2)] = [.. Png(1), .. new byte[PictureCheck.LargestBytes]];

        var run = await _world.SyncAsync();
        await _world.SyncAsync();

        Assert.Equal((2, 0), (run.Report!.Stages[0].Created, _world.Directory.Pictures.Count));
        Assert.Equal(2, _world.ConnectWise.Downloads);
        Assert.Contains("picture", (await _world.LineAsync(run, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Directory_ThatWantsAddresses_GetsASignedOne_EM10()
    {
        _world.Directory.Capabilities = _world.Directory.Capabilities with { Pictures = PictureWay.Address };
        await SyncedAsync();

        var (_, published) = Assert.Single(_world.Directory.Pictures);
        var hash = published!.Picture.Hash;
        var signature = published.Address!.Query["?signature=".Length..];
        Assert.StartsWith($"https://sync.example.com/api/pictures/acme/{hash}?signature=", published.Address.ToString(), StringComparison.Ordinal);
        Assert.True(await _world.Addresses.IsSignedAsync(Acme, hash, signature, default));
        Assert.False(await _world.Addresses.IsSignedAsync(new("beta"), hash, signature, default));
        Assert.False(await _world.Addresses.IsSignedAsync(Acme, new string('0', 64), signature, default));
        Assert.False(await _world.Addresses.IsSignedAsync(Acme, hash, signature[..^1] + (signature[^1] == 'A' ? "E" : "A"), default));
        Assert.NotNull(await _world.Pictures.ReadAsync(Acme, hash, default));
    }

    [Theory]
    [InlineData(PictureWay.None)]
    public async Task Directory_WithoutPictures_CausesNoDownload_EM10(PictureWay way)
    {
        _world.Directory.Capabilities = _world.Directory.Capabilities with { Pictures = way };
        await SyncedAsync();

        Assert.Equal((0, 0), (_world.ConnectWise.Downloads, _world.Directory.Pictures.Count));
    }

    [Theory]
    [InlineData("image/png", new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0 })]
    [InlineData("image/jpeg", new byte[] { 0xFF, 0xD8, 0xFF, 0xE0 })]
    [InlineData("image/gif", new byte[] { 0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 0 })]
    [InlineData("image/webp", new byte[] { 0x52, 0x49, 0x46, 0x46, 1, 2, 3, 4, 0x57, 0x45, 0x42, 0x50 })]
    [InlineData(null, new byte[] { 0x3C, 0x73, 0x76, 0x67 })]
    [InlineData(null, new byte[] { })]
    public void Bytes_AreWhatTheyBeginWith(string? type, byte[] content) => Assert.Equal(type, PictureCheck.Of(content)?.ContentType);

    private static byte[] Png(byte last) => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, last];

    private async Task SyncedAsync()
    {
        _world.ConnectWise.Photos[new(1)] = Png(1);
        await _world.With(Member(1, photo: "9")).SetAsync(Settings);
        await _world.SyncAsync();
    }
}
