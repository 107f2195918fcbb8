using System.ComponentModel;
using System.Diagnostics;

namespace CrmSync.Simulator.Tests.Peers;

/// <summary>A test that needs node and the installed package, and says what is missing where they are not.</summary>
public sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute()
    {
        if (!HasNode())
        {
            Skip = "node is not installed.";
        }
        else if (!Directory.Exists(Path.Combine(Folder, "node_modules", "connectwise-rest")))
        {
            Skip = "connectwise-rest is not installed: run npm ci in tests/CrmSync.Simulator.Tests/node.";
        }
    }

    /// <summary>The folder of the script, in the project that the test assembly was built from.</summary>
    public static string Folder { get; } = Find();

    private static bool HasNode()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("node", "--version") { RedirectStandardOutput = true });
            process!.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "node", "read-all.js")))
            {
                return Path.Combine(folder.FullName, "node");
            }
        }

        return AppContext.BaseDirectory;
    }
}
