using CrmSync.Core.Employees;
using CrmSync.Scim.Discovery;

namespace CrmSync.Scim.Mapping;

/// <summary>How employees and users are turned into each other, once the directory has said what it has.</summary>
internal sealed class UserMapping(DirectorySettings settings, ServerDiscovery discovery)
{
    private volatile UserMap? _map;

    /// <exception cref="Core.Ports.DirectoryException">The directory does not answer.</exception>
    public async ValueTask<UserMap> GetAsync(CancellationToken cancellation) =>
        _map ??= new UserMap(new FieldTargets(settings, await discovery.ProfileAsync(cancellation).ConfigureAwait(false)));
}

/// <summary>The parts of a mapping.</summary>
internal sealed class UserMap
{
    public UserMap(FieldTargets targets)
    {
        (Targets, Reader) = (targets, new UserReader(targets));
        Writer = new UserWriter(targets, Reader);
    }

    public FieldTargets Targets { get; }

    public UserReader Reader { get; }

    public UserWriter Writer { get; }
}
