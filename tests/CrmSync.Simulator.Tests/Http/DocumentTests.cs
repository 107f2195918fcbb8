using CrmSync.Simulator.Tests.Support;

namespace CrmSync.Simulator.Tests.Http;

public sealed class DocumentTests(SimulatorHost host) : IClassFixture<SimulatorHost>
{
    [Fact]
    public async Task Photo_OfAMember_IsDownloadedUnderItsName()
    {
        var member = (await host.ListAsync("system/members?conditions=photo != null&pageSize=1"))[0];
        var photo = member["photo"]!;

        using var response = await host.Client.GetAsync((string)photo["_info"]!["documentDownload_href"]!);

        var bytes = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal("application/octet-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal($"attachment; filename=\"{photo["name"]}\"", response.Content.Headers.ContentDisposition!.ToString());
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], bytes[..4]);
        Assert.Equal(bytes, await host.Client.GetByteArrayAsync($"system/members/{member["id"]}/image"));
    }

    [Fact]
    public async Task Photo_OfAMemberWithout_IsNotFound()
    {
        var member = (await host.ListAsync("system/members?conditions=photo = null&pageSize=1"))[0];

        Assert.Equal(404, (await host.RefusedAsync($"system/members/{member["id"]}/image")).Status);
    }
}
