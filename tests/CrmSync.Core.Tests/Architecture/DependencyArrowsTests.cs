using System.Xml.Linq;

namespace CrmSync.Core.Tests.Architecture;

/// <summary>Holds the arrows between the projects: everything may know Core, Core knows nothing, and only hosts know which implementations there are.</summary>
public sealed class DependencyArrowsTests
{
    /// <summary>What each project of the product may refer to, and no more.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["CrmSync.Core"] = [],
        ["CrmSync.ConnectWise"] = ["CrmSync.Core"],
        ["CrmSync.Storage.Sqlite"] = ["CrmSync.Core"],
        ["CrmSync.Storage.Azure"] = ["CrmSync.Core"],

        // The built-in CRM lives in the embedded store's file: it takes its tables there, and nothing of its stores.
        ["CrmSync.Crm.BuiltIn"] = ["CrmSync.Core", "CrmSync.Storage.Sqlite"],
        ["CrmSync.Crm.Http"] = ["CrmSync.Core"],
        ["CrmSync.Mail"] = ["CrmSync.Core"],
        ["CrmSync.Directory.Scim"] = ["CrmSync.Core"],
        ["CrmSync.Api"] = ["CrmSync.Core"],

        // What both hosts have: the tenants' systems behind the connectors that every host can reach.
        ["CrmSync.Hosting"] = ["CrmSync.Api", "CrmSync.ConnectWise", "CrmSync.Core", "CrmSync.Crm.Http", "CrmSync.Directory.Scim", "CrmSync.Mail"],
        ["CrmSync.Functions"] = ["CrmSync.Api", "CrmSync.Core", "CrmSync.Hosting", "CrmSync.Storage.Azure"],

        // The simulator is written from ConnectWise's documents: it must not know what our client happens to send.
        ["CrmSync.Simulator"] = [],
        ["CrmSync.Standalone"] =
        [
            "CrmSync.Api", "CrmSync.ConnectWise", "CrmSync.Core", "CrmSync.Crm.BuiltIn", "CrmSync.Crm.Http", "CrmSync.Hosting",
            "CrmSync.Simulator", "CrmSync.Storage.Sqlite",
        ],
    };

    /// <summary>Every project below src.</summary>
    public static TheoryData<string> Projects => [.. Directory.GetDirectories(Path.Combine(Root(), "src")).Select(folder => Path.GetFileName(folder)!)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_RefersOnlyWhereItMay(string project)
    {
        var file = XDocument.Load(Path.Combine(Root(), "src", project, $"{project}.csproj"));
        var references = file.Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));

        Assert.Contains(project, Allowed.Keys);
        Assert.Empty(references.Except(Allowed[project]));
    }

    [Fact]
    public void Core_TakesNoPackageThatDoesIo()
    {
        var file = XDocument.Load(Path.Combine(Root(), "src", "CrmSync.Core", "CrmSync.Core.csproj"));
        var packages = file.Descendants("PackageReference").Select(package => package.Attribute("Include")!.Value);

        Assert.Equal(["Microsoft.CodeAnalysis.BannedApiAnalyzers", "libphonenumber-csharp"], packages.Order(StringComparer.Ordinal));
        Assert.Empty(file.Descendants("FrameworkReference"));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "CrmSync.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
