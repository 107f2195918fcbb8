using System.ComponentModel;
using System.Diagnostics;

namespace CrmSync.Mail.Tests.Support;

/// <summary>A test that needs node and the witness's packages, and says what is missing where they are not.</summary>
public sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute() => Skip = Missing;

    /// <summary>What is missing; null for nothing.</summary>
    internal static string? Missing { get; } = FindMissing();

    /// <summary>The folder of the witness, beside these tests, wherever in the repository the assembly lies.</summary>
    internal static string Folder => FindFolder();

    private static string? FindMissing()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("node", "--version") { RedirectStandardOutput = true })!;
            process.WaitForExit();
        }
        catch (Win32Exception)
        {
            return "node is not installed.";
        }

        string[] packages = ["smtp-server", "mailparser"];
        return packages.All(package => Directory.Exists(Path.Combine(FindFolder(), "node_modules", package)))
            ? null : "smtp-server and mailparser are not installed: run npm ci in tests/CrmSync.Mail.Tests/node.";
    }

    private static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var node = Path.Combine(folder.FullName, "tests", "CrmSync.Mail.Tests", "node");
            if (File.Exists(Path.Combine(node, "witness.js")))
            {
                return node;
            }
        }

        return AppContext.BaseDirectory;
    }
}

/// <summary>The same for a test with data.</summary>
public sealed class NodeTheoryAttribute : TheoryAttribute
{
    public NodeTheoryAttribute() => Skip = NodeFactAttribute.Missing;
}
