namespace CrmSync.Storage.Sqlite;

/// <summary>Directories and files for their owner alone, where the operating system knows modes; elsewhere the parent's rights hold.</summary>
internal static class PrivateFiles
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersDirectory = OwnersFile | UnixFileMode.UserExecute;

    /// <summary>Makes a directory. One that is there keeps its mode: it may be shared on purpose.</summary>
    public static void CreateDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
            return;
        }

        Directory.CreateDirectory(directory, OwnersDirectory);
    }

    /// <summary>Takes a directory of secrets and its files away from everybody but their owner.</summary>
    public static void Restrict(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.SetUnixFileMode(directory, OwnersDirectory);
        foreach (var file in Directory.EnumerateFiles(directory))
        {
            File.SetUnixFileMode(file, OwnersFile);
        }
    }
}
