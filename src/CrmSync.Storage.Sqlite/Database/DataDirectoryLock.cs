using System.Text;
using System.Text.Json;
using CrmSync.Core;

namespace CrmSync.Storage.Sqlite;

/// <summary>Who uses a data directory.</summary>
/// <param name="ProcessId">Its process id.</param>
/// <param name="Url">The address it answers at; null where it told none.</param>
public sealed record DataDirectoryHolder(int ProcessId, string? Url);

/// <summary>The answer to the wish for a data directory.</summary>
/// <param name="Lock">The lock, to be held as long as the directory is used; null where another process holds it.</param>
/// <param name="Holder">Who holds it; null where it was free, or where the other has not said yet.</param>
public sealed record DataDirectoryLockResult(DataDirectoryLock? Lock, DataDirectoryHolder? Holder);

/// <summary>
/// The exclusive use of a data directory by one process. It is the operating system's lock on an open file, not the file's presence:
/// it ends with its process, however that ends.
/// </summary>
public sealed class DataDirectoryLock : IDisposable
{
    private const string LockName = "crmsync.lock";
    private const string HolderName = "crmsync.holder.json";

    private readonly FileStream _file;
    private readonly string _holderPath;

    private DataDirectoryLock(FileStream file, string holderPath) => (_file, _holderPath) = (file, holderPath);

    /// <summary>Takes the directory, making it where there is none (on Unix for its owner alone).</summary>
    /// <param name="directory">The data directory.</param>
    /// <param name="url">The address that this process answers at, to be told to whoever comes second; null for none.</param>
    /// <exception cref="UnauthorizedAccessException">This user may not write to the directory.</exception>
    public static DataDirectoryLockResult TryAcquire(string directory, string? url = null)
    {
        PrivateFiles.CreateDirectory(directory);
        var holderPath = Path.Combine(directory, HolderName);
        FileStream file;
        try
        {
            file = new FileStream(Path.Combine(directory, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException))
        {
            return new DataDirectoryLockResult(null, ReadHolder(holderPath));
        }

        var held = new DataDirectoryLock(file, holderPath);
        held.Publish(url);
        return new DataDirectoryLockResult(held, null);
    }

    /// <summary>Tells the address that this process answers at, once it is known.</summary>
    public void Publish(string? url)
    {
        // The holder's note lies beside the locked file: Windows lets nobody read that one.
        var written = _holderPath + ".new";
        File.WriteAllText(written, CoreJson.Serialize(new DataDirectoryHolder(Environment.ProcessId, url)), new UTF8Encoding(false));
        File.Move(written, _holderPath, overwrite: true);
    }

    /// <summary>Gives the directory free.</summary>
    public void Dispose()
    {
        File.Delete(_holderPath);
        _file.Dispose();
    }

    private static DataDirectoryHolder? ReadHolder(string path)
    {
        try
        {
            return CoreJson.Deserialize<DataDirectoryHolder>(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }
}
