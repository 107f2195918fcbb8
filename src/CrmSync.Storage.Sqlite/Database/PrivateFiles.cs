namespace CrmSync.Storage.Sqlite;

/// <summary>Directories for their owner alone, where the operating system knows modes; elsewhere the parent's rights hold.</summary>
internal static class PrivateFiles
{
    public static void CreateDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
            return;
        }

        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
