namespace CrmSync.Storage.Sqlite;

/// <summary>How a database file is opened. The defaults suit a small machine.</summary>
public sealed record SqliteDatabaseOptions
{
    /// <summary>Most reads at once; each has a connection of its own. 4 unless set.</summary>
    public int ReadConnections { get; init; } = 4;

    /// <summary>Page cache of the write connection, in KiB. 12 MiB unless set.</summary>
    public int WriteCacheKiB { get; init; } = 12 * 1024;

    /// <summary>Page cache of each read connection, in KiB. 512 KiB unless set: behind it stands the operating system's own cache of the file.</summary>
    public int ReadCacheKiB { get; init; } = 512;

    /// <summary>How long to wait for a lock that another process holds, in whole seconds from 1. 5 unless set.</summary>
    public int LockTimeoutSeconds { get; init; } = 5;
}
