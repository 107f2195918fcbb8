namespace CrmSync.EndToEnd.Support;

/// <summary>A folder of its own for one test, removed at its end.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("crmsync-e2e-").FullName;

    /// <summary>A new folder with the same files: what a process that is killed leaves behind can be tried again from the same beginning.</summary>
    public TempFolder Copy()
    {
        var copy = new TempFolder();
        foreach (var directory in Directory.EnumerateDirectories(Path, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(directory.Replace(Path, copy.Path, StringComparison.Ordinal));
        }

        foreach (var file in Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories))
        {
            File.Copy(file, file.Replace(Path, copy.Path, StringComparison.Ordinal));
        }

        return copy;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
