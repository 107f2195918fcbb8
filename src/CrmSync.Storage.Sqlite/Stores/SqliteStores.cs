namespace CrmSync.Storage.Sqlite;

/// <summary>All stores over one database, whose tables are up to date.</summary>
public sealed class SqliteStores
{
    private SqliteStores(SqliteDatabase database, string keyDirectory, TimeProvider time)
    {
        Database = database;
        Links = new SqliteLinkStore(database);
        Runs = new SqliteRunStore(database);
        Tenants = new SqliteTenantStore(database);
        Setups = new SqliteSetupStore(database);
        Backups = new SqliteBackupStore(database, time);
        Secrets = new SqliteSecretStore(database, keyDirectory);
        Invitations = new SqliteInvitationStore(database);
        Pictures = new SqlitePictureStore(database);
    }

    /// <summary>The database they share; whoever opened it disposes it.</summary>
    public SqliteDatabase Database { get; }

    /// <summary>Links and snapshots.</summary>
    public SqliteLinkStore Links { get; }

    /// <summary>Runs with their parts.</summary>
    public SqliteRunStore Runs { get; }

    /// <summary>Tenants and keys.</summary>
    public SqliteTenantStore Tenants { get; }

    /// <summary>Set-ups.</summary>
    public SqliteSetupStore Setups { get; }

    /// <summary>Backups.</summary>
    public SqliteBackupStore Backups { get; }

    /// <summary>Secrets.</summary>
    public SqliteSecretStore Secrets { get; }

    /// <summary>Invitations of employees.</summary>
    public SqliteInvitationStore Invitations { get; }

    /// <summary>Pictures of employees.</summary>
    public SqlitePictureStore Pictures { get; }

    /// <summary>Brings the stores' tables up to date and makes the stores.</summary>
    /// <param name="database">An open database.</param>
    /// <param name="keyDirectory">Where the keys that encrypt secrets lie.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="StorageException">The file was written by a newer version of the program.</exception>
    public static async Task<SqliteStores> OpenAsync(
        SqliteDatabase database, string keyDirectory, TimeProvider time, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        await database.EnsureSchemaAsync(StoreSchema.Component, StoreSchema.Scripts, cancellation).ConfigureAwait(false);
        return new SqliteStores(database, keyDirectory, time);
    }
}
