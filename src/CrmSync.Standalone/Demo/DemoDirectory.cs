namespace CrmSync.Standalone.Demo;

/// <summary>The demo's data directory: the one that was named, or a new one that is removed at the end.</summary>
internal sealed class DemoDirectory : IDisposable
{
    private readonly bool _isOurs;

    private DemoDirectory(string path, bool isOurs) => (Path, _isOurs) = (path, isOurs);

    /// <summary>Where it is.</summary>
    public string Path { get; }

    public static DemoDirectory Open(string? named) =>
        named is null ? new DemoDirectory(Directory.CreateTempSubdirectory("crmsync-").FullName, true)
            : new DemoDirectory(System.IO.Path.GetFullPath(named), false);

    public void Dispose()
    {
        if (_isOurs)
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
