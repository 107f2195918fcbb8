using System.Globalization;
using CrmSync.Storage.Sqlite;

namespace CrmSync.Standalone.Hosting;

/// <summary>Another process uses the data directory.</summary>
/// <param name="directory">Which directory.</param>
/// <param name="holder">Who uses it; null where the other has not said yet.</param>
internal sealed class DataDirectoryInUseException(string directory, DataDirectoryHolder? holder) : Exception(Describe(directory, holder))
{
    /// <summary>Who uses it; null where the other has not said yet.</summary>
    public DataDirectoryHolder? Holder { get; } = holder;

    private static string Describe(string directory, DataDirectoryHolder? holder)
    {
        var who = holder is null ? "another process" : string.Create(CultureInfo.InvariantCulture, $"the process {holder.ProcessId}");
        var where = holder?.Url is null ? string.Empty : $", which answers at {holder.Url}";
        return $"The data directory {directory} is in use by {who}{where}.";
    }
}
