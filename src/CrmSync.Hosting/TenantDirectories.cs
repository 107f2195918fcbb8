using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using CrmSync.Core;
using CrmSync.Core.Employees;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Hosting;

/// <summary>
/// The tenants' employee directories: the host's own, or the one that the settings name. A tenant's directory stays the same as long as its settings and
/// its token stay the same, so that what was learnt of it is learnt once.
/// </summary>
/// <param name="setups">The tenants' set-up.</param>
/// <param name="secrets">Their tokens.</param>
/// <param name="own">The directory of tenants that name none.</param>
/// <param name="factories">What opens the others.</param>
public sealed class TenantDirectories(ISetupStore setups, ISecretStore secrets, IHostDirectory own, IEnumerable<IDirectoryFactory> factories) : IDisposable
{
    private readonly ConcurrentDictionary<TenantId, Opened> _opened = new();
    private readonly ConcurrentBag<IDirectory> _made = [];

    /// <summary>The tenant's directory by its saved settings.</summary>
    /// <exception cref="DirectoryException">The host has none of this kind.</exception>
    public async Task<IDirectory> OfAsync(TenantId tenant, CancellationToken cancellation)
    {
        var settings = (await setups.ReadAsync(tenant, cancellation)).Employees?.Directory ?? new DirectorySettings();
        if (settings.Kind == DirectoryKind.BuiltIn)
        {
            return own.For(tenant);
        }

        var token = await secrets.ReadAsync(tenant, DirectorySettings.TokenSecret, cancellation);
        var wanted = new Opened(HashOf(settings, token), new Lazy<IDirectory>(() => Open(tenant, settings, token)));
        return _opened.AddOrUpdate(tenant, wanted, (_, current) => current.Hash == wanted.Hash ? current : wanted).Directory.Value;
    }

    /// <summary>A directory by settings that are not saved.</summary>
    /// <exception cref="DirectoryException">The host has none of this kind.</exception>
    public IDirectory Open(TenantId tenant, DirectorySettings settings, string? token)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Kind == DirectoryKind.BuiltIn)
        {
            return own.For(tenant);
        }

        var factory = factories.FirstOrDefault(factory => factory.Kind == settings.Kind) ?? throw new DirectoryException(
            "directory-not-supported", "This host cannot reach directories of this kind.", "Choose another kind of directory.", retryHelps: false);
        var directory = factory.Open(tenant, settings, token);
        _made.Add(directory);
        return directory;
    }

    /// <inheritdoc />
    // A directory that was replaced may still be at work for a run, so directories live as long as the host.
    public void Dispose()
    {
        foreach (var directory in _made.OfType<IDisposable>())
        {
            directory.Dispose();
        }
    }

    private static string HashOf(DirectorySettings settings, string? token) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{CoreJson.Serialize(settings)}\n{token}")));

    // No record: nothing prints what it holds.
    private sealed class Opened(string hash, Lazy<IDirectory> directory)
    {
        public string Hash { get; } = hash;

        public Lazy<IDirectory> Directory { get; } = directory;
    }
}
