namespace CrmSync.Simulator.Tests.Support;

/// <summary>The specification and the recorded bodies: other people's data, present where the project is built, never part of it.</summary>
internal static class SharedFolder
{
    public static readonly string? Specs = Find();

    public static string Specification => Path.Combine(Specs!, "connectwise-psa.openapi.json");

    public static string Fixtures => Path.Combine(Specs!, "connectwise-fixtures", "amp-labs");

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var specs = Path.Combine(folder.FullName, "shared", "specs");
            if (File.Exists(Path.Combine(specs, "connectwise-psa.openapi.json")))
            {
                return specs;
            }
        }

        return null;
    }
}

/// <summary>A test that needs the shared folder, and says so where there is none.</summary>
public sealed class SharedFolderFactAttribute : FactAttribute
{
    public SharedFolderFactAttribute()
    {
        if (SharedFolder.Specs is null)
        {
            Skip = "No folder shared/specs above the test assembly: nothing to compare with.";
        }
    }
}

/// <summary>The same for several cases.</summary>
public sealed class SharedFolderTheoryAttribute : TheoryAttribute
{
    public SharedFolderTheoryAttribute()
    {
        if (SharedFolder.Specs is null)
        {
            Skip = "No folder shared/specs above the test assembly: nothing to compare with.";
        }
    }
}
