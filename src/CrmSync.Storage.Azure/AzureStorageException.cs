namespace CrmSync.Storage.Azure;

/// <summary>The storage cannot be used as it is; what stands in the way, and what to do about it. Never holds a secret.</summary>
/// <param name="code">"storage-options", "storage-contended", "storage-content-lost", "secret-unreadable" or "vault-refused".</param>
/// <param name="message">What is wrong.</param>
/// <param name="remedy">What an administrator can do.</param>
/// <param name="inner">The cause, where there is one.</param>
public sealed class AzureStorageException(string code, string message, string remedy, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>A stable word for what is wrong.</summary>
    public string Code { get; } = code;

    /// <summary>What an administrator can do.</summary>
    public string Remedy { get; } = remedy;
}
