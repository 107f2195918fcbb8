namespace CrmSync.Storage.Sqlite;

/// <summary>The data file cannot be used as it is; what stands in the way, and what to do about it.</summary>
/// <param name="code">"storage-locked", "storage-not-a-database", "storage-foreign", "storage-too-new" or "storage-unusable".</param>
/// <param name="message">What is wrong, with the file's path.</param>
/// <param name="remedy">What an administrator can do.</param>
/// <param name="inner">The cause, where there is one.</param>
public sealed class StorageException(string code, string message, string remedy, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>A stable word for what is wrong.</summary>
    public string Code { get; } = code;

    /// <summary>What an administrator can do.</summary>
    public string Remedy { get; } = remedy;
}
