using System.Text;

namespace CrmSync.Standalone.Hosting;

/// <summary>Files with one secret that only their owner can read.</summary>
internal static class OwnerFile
{
    /// <summary>The file's text; null where there is none.</summary>
    public static string? Read(string path) => File.Exists(path) ? File.ReadAllText(path).Trim() : null;

    public static async Task WriteAsync(string path, string secret, CancellationToken cancellation)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var file = new StreamWriter(path, new UTF8Encoding(false), options);
        await file.WriteLineAsync(secret.AsMemory(), cancellation);
    }
}
