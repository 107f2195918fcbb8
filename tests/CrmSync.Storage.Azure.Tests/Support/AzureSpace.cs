using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using CrmSync.Storage.Azure.Links;

namespace CrmSync.Storage.Azure.Tests.Support;

/// <summary>Tables and containers for one test, under a prefix of its own in the shared emulator.</summary>
public sealed class AzureSpace
{
    private readonly DirectoryInfo _keys = Directory.CreateTempSubdirectory("crmsync-");

    /// <summary>The prefix of everything in it.</summary>
    public string Prefix { get; } = $"t{Guid.NewGuid():n}"[..20];

    /// <summary>Where the keys of secrets lie.</summary>
    public string KeyDirectory => Path.Combine(_keys.FullName, "keys");

    /// <summary>How long a writer waits for another who made a claim.</summary>
    internal TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Opens the stores, with policies that see every try of a request.</summary>
    public async Task<AzureStores> OpenAsync(TimeProvider? time = null, params HttpPipelinePolicy[] policies) => await AzureStores.OpenAsync(
        await OptionsAsync(policies), new LinkTiming(Grace, TimeSpan.FromMilliseconds(20), time ?? TimeProvider.System), null, CancellationToken.None);

    public async Task<AzureStorageOptions> OptionsAsync(params HttpPipelinePolicy[] policies)
    {
        Assert.True(Azurite.Missing is null, Azurite.Missing);
        return new AzureStorageOptions
        {
            ConnectionString = (await Azurite.SharedAsync()).ConnectionString,
            Prefix = Prefix,
            KeyDirectory = KeyDirectory,
            Policies = policies,
        };
    }

    /// <summary>Where contents lie that a row has no room for.</summary>
    public async Task<BlobContainerClient> ContentsAsync() => new((await OptionsAsync()).ConnectionString, $"{Prefix}-contents");

    /// <summary>Removes what lies on the disk; the emulator forgets the rest.</summary>
    public Task RemoveAsync()
    {
        _keys.Delete(recursive: true);
        return Task.CompletedTask;
    }
}
