using CrmSync.Core.Employees;
using CrmSync.Core.Records;
using CrmSync.Core.Setup;

namespace CrmSync.Core.Ports;

/// <summary>The tenants and the keys that open them. Keys are kept as hashes only.</summary>
public interface ITenantStore
{
    /// <summary>Adds a tenant; false where the id is taken.</summary>
    Task<bool> TryAddAsync(Tenant tenant, CancellationToken cancellation);

    /// <summary>One tenant; null for none.</summary>
    Task<Tenant?> FindAsync(TenantId tenant, CancellationToken cancellation);

    /// <summary>All tenants in the order of their ids.</summary>
    Task<IReadOnlyList<Tenant>> ListAsync(CancellationToken cancellation);

    /// <summary>Adds a key.</summary>
    Task AddKeyAsync(AccessKey key, CancellationToken cancellation);

    /// <summary>The key with this hash; null for none.</summary>
    Task<AccessKey?> FindKeyAsync(string hash, CancellationToken cancellation);

    /// <summary>The keys of a tenant, or the operators' for null, oldest first.</summary>
    Task<IReadOnlyList<AccessKey>> ListKeysAsync(TenantId? tenant, CancellationToken cancellation);

    /// <summary>Removes a key by its id; false where there is none.</summary>
    Task<bool> RemoveKeyAsync(TenantId? tenant, string id, CancellationToken cancellation);
}

/// <summary>A customer account.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name, for people.</param>
/// <param name="CreatedAt">When it was added.</param>
public sealed record Tenant(TenantId Id, string Name, DateTimeOffset CreatedAt);

/// <summary>A key that opens one tenant, or all of them (AX-1).</summary>
/// <param name="Id">A public id, to list and remove it by.</param>
/// <param name="Hash">SHA-256 of the key's text, as lower-case hex.</param>
/// <param name="Tenant">The tenant it opens; null for an operator's key.</param>
/// <param name="Name">What it is for, in its maker's words.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record AccessKey(string Id, string Hash, TenantId? Tenant, string Name, DateTimeOffset CreatedAt);

/// <summary>The set-up of each tenant, guarded by a version.</summary>
public interface ISetupStore
{
    /// <summary>A tenant's set-up; an empty one of version 0 where nothing was saved.</summary>
    Task<TenantSetup> ReadAsync(TenantId tenant, CancellationToken cancellation);

    /// <summary>Stores a set-up if the stored version is still the given one's; false where someone else was faster. The stored version is one higher.</summary>
    Task<bool> TryWriteAsync(TenantId tenant, TenantSetup setup, CancellationToken cancellation);
}

/// <summary>Records as they stood before CrmSync overwrote them (ME-7). Written before the overwrite, never changed.</summary>
public interface IBackupStore
{
    /// <summary>Stores the records that a batch is about to overwrite. Repeating with the same name keeps what was stored first.</summary>
    Task WriteAsync(TenantId tenant, RunId run, BackupName name, IReadOnlyList<BackupRecord> records, CancellationToken cancellation);

    /// <summary>A tenant's backups, newest run first.</summary>
    Task<IReadOnlyList<BackupSummary>> ListAsync(TenantId tenant, CancellationToken cancellation);

    /// <summary>The records of a run's backup, in the order in which they were written.</summary>
    IAsyncEnumerable<BackupRecord> ReadAsync(TenantId tenant, RunId run, CancellationToken cancellation);
}

/// <summary>The name of one piece of a backup.</summary>
/// <param name="Stage">The stage that was applied.</param>
/// <param name="Number">The plan part that was applied.</param>
/// <param name="Batch">The batch within the part.</param>
public readonly record struct BackupName(Entity Stage, int Number, int Batch);

/// <summary>A record as it stood.</summary>
/// <param name="Side">The side it stood on.</param>
/// <param name="Entity">What it is.</param>
/// <param name="Id">Its id on that side.</param>
/// <param name="UpdatedAt">When that side had last changed it.</param>
/// <param name="Fields">All its fields.</param>
public sealed record BackupRecord(Side Side, Entity Entity, string Id, DateTimeOffset? UpdatedAt, FieldValues Fields);

/// <summary>What a run's backup holds.</summary>
/// <param name="Run">The run that overwrote the records.</param>
/// <param name="Records">How many records it holds.</param>
/// <param name="TakenAt">When its first piece was written.</param>
public sealed record BackupSummary(RunId Run, long Records, DateTimeOffset TakenAt);

/// <summary>A tenant's secrets, encrypted at rest and never listed (SU-11).</summary>
public interface ISecretStore
{
    /// <summary>Stores a secret, replacing one of the same name.</summary>
    Task WriteAsync(TenantId tenant, string name, string value, CancellationToken cancellation);

    /// <summary>A secret; null for none.</summary>
    Task<string?> ReadAsync(TenantId tenant, string name, CancellationToken cancellation);
}

/// <summary>Opens a tenant's systems as its set-up describes them. The hosts know which implementations there are.</summary>
public interface ISystems
{
    /// <summary>The tenant's ConnectWise by its saved connection; the same object as long as the connection stays the same.</summary>
    /// <exception cref="ConnectWiseException">The connection was not saved ("not-connected").</exception>
    Task<IConnectWise> ConnectWiseAsync(TenantId tenant, CancellationToken cancellation);

    /// <summary>A ConnectWise by a connection that is not saved, to test it (SU-2).</summary>
    IConnectWise ConnectWise(ConnectionSettings connection, string privateKey);

    /// <summary>The tenant's CRM by its saved settings.</summary>
    /// <exception cref="CrmException">It does not answer, or not as agreed.</exception>
    Task<ICrm> CrmAsync(TenantId tenant, CancellationToken cancellation);

    /// <summary>Tests a CRM by settings that are not saved (SU-2): whether it is there, takes the token and speaks the contract. Never throws for a failed check.</summary>
    Task<ConnectionCheck> TestCrmAsync(CrmSettings crm, string token, CancellationToken cancellation);

    /// <summary>The tenant's employee directory by its saved settings.</summary>
    /// <exception cref="DirectoryException">It does not answer, or not as agreed, or there is none.</exception>
    Task<IDirectory> DirectoryAsync(TenantId tenant, CancellationToken cancellation);

    /// <summary>A directory by settings that are not saved, to test it and to read its choices (EM-2, EM-6). Nothing is sent yet.</summary>
    /// <exception cref="DirectoryException">This host has no such directory.</exception>
    IDirectory OpenDirectory(TenantId tenant, DirectorySettings settings, string? token);
}
