using CrmSync.Core.Access;
using CrmSync.Core.Ports;

namespace CrmSync.Standalone.Hosting;

/// <summary>
/// The operator's key of a data directory: made at its first start, kept as a hash, and written out once into a file that only its owner
/// can read, so that commands on this machine can use it.
/// </summary>
internal static class OperatorKey
{
    private const string FileName = "operator.key";
    private const string KeyName = "operator of this machine";

    /// <summary>Where the key's text lies.</summary>
    public static string PathIn(string dataDirectory) => Path.Combine(dataDirectory, FileName);

    /// <summary>The key for commands on this machine: the environment's, else the file's; null for neither.</summary>
    public static string? Find(string dataDirectory, string? fromEnvironment)
    {
        if (!string.IsNullOrWhiteSpace(fromEnvironment))
        {
            return fromEnvironment.Trim();
        }

        return OwnerFile.Read(PathIn(dataDirectory));
    }

    /// <summary>Makes sure that there is an operator's key, and answers its text; null where only others know one.</summary>
    public static async Task<string?> EnsureAsync(
        string dataDirectory, string? fromEnvironment, ITenantStore tenants, AccessService access, TimeProvider time, CancellationToken cancellation)
    {
        if (!string.IsNullOrWhiteSpace(fromEnvironment))
        {
            await AccessService.AdmitOperatorAsync(tenants, fromEnvironment.Trim(), StandaloneOptions.OperatorKeyVariable, time, cancellation);
            return fromEnvironment.Trim();
        }

        if (Find(dataDirectory, null) is { } written && await access.IdentifyAsync(written, cancellation) is { IsOperator: true })
        {
            return written;
        }

        if ((await access.ListKeysAsync(null, cancellation)).Count > 0)
        {
            return null;
        }

        var issued = await access.IssueKeyAsync(null, KeyName, cancellation);
        var key = issued.Value?.Key ?? throw new InvalidOperationException(issued.Refusal?.Message);
        await OwnerFile.WriteAsync(PathIn(dataDirectory), key, cancellation);
        return key;
    }
}
