using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;

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

    /// <summary>The folder of the script, beside this file's parent.</summary>
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "node"));

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

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
