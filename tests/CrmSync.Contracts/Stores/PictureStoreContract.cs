using System.Security.Cryptography;
using CrmSync.Core.Ports;
using Xunit;

namespace CrmSync.Contracts.Stores;

/// <summary>What every picture store holds (EM-10).</summary>
public abstract class PictureStoreContract : StoreContract<IPictureStore>
{
    [Theory]
    [InlineData("image/png", 1)]
    [InlineData("image/jpeg", 70_000)]
    [InlineData("image/webp", 3_000_000)]
    public async Task Write_AnyBytes_RoundTrip(string type, int length)
    {
        var picture = Make(type, [.. Enumerable.Range(0, length).Select(i => (byte)(i * 31))]);

        await Store.WriteAsync(Acme, picture, default);

        Same(picture, await (await OpenAsync()).ReadAsync(Acme, picture.Hash, default));
    }

    [Fact]
    public async Task Read_None_IsNull()
    {
        await Store.WriteAsync(Acme, Make("image/png", [1]), default);

        Assert.Null(await Store.ReadAsync(Acme, Make("image/png", [2]).Hash, default));
        Assert.Null(await Store.ReadAsync(Acme, Make("image/png", [1]).Hash.ToUpperInvariant(), default));
        Assert.Null(await Store.ReadAsync(Acme, "../" + Make("image/png", [1]).Hash, default));
    }

    [Fact]
    public async Task Write_IsThereAlready_Stays()
    {
        var first = Make("image/png", [1, 2, 3]);
        await Store.WriteAsync(Acme, first, default);

        await Store.WriteAsync(Acme, first with { ContentType = "image/gif" }, default);

        Same(first, await Store.ReadAsync(Acme, first.Hash, default));
    }

    [Fact]
    public async Task Write_ManyAtOnce_AllSucceed()
    {
        var picture = Make("image/png", new byte[100_000]);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Store.WriteAsync(Acme, picture, default))));

        Same(picture, await Store.ReadAsync(Acme, picture.Hash, default));
    }

    [Fact]
    public async Task Tenants_SameHash_SeeNothingOfEachOther_AX1()
    {
        var picture = Make("image/png", [1]);
        await Store.WriteAsync(Acme, picture, default);

        Assert.Null(await Store.ReadAsync(Globex, picture.Hash, default));
        await Store.WriteAsync(Globex, picture with { ContentType = "image/gif" }, default);

        Same(picture, await Store.ReadAsync(Acme, picture.Hash, default));
    }

    private static Picture Make(string type, byte[] content) => new(Convert.ToHexStringLower(SHA256.HashData(content)), type, content);

    private static void Same(Picture expected, Picture? actual)
    {
        Assert.Equal((expected.Hash, expected.ContentType), (actual?.Hash, actual?.ContentType));
        Assert.Equal(expected.Content.ToArray(), actual!.Content.ToArray());
    }
}
