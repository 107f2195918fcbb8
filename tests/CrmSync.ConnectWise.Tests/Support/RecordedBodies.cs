namespace CrmSync.ConnectWise.Tests.Support;

/// <summary>Bodies recorded from live tenants by others. They are not part of this project: tests read them where they lie beside it.</summary>
internal static class RecordedBodies
{
    /// <summary>The folder; null where it is not present.</summary>
    public static string? Folder { get; } = Find();

    public static string Read(string name) => File.ReadAllText(Path.Combine(Folder!, name.Replace('/', Path.DirectorySeparatorChar)));

    private static string? Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var folder = Path.Combine(at.FullName, "shared", "specs", "connectwise-fixtures", "amp-labs");
            if (Directory.Exists(folder))
            {
                return folder;
            }
        }

        return null;
    }
}

/// <summary>A theory over recorded bodies, skipped at discovery where they are not present.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RecordedTheoryAttribute : TheoryAttribute
{
    public RecordedTheoryAttribute() => Skip = RecordedBodies.Folder is null
        ? "The recorded ConnectWise bodies (folder shared/specs/connectwise-fixtures) are not beside this checkout."
        : null;
}
