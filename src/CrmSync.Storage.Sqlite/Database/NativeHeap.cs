using System.Runtime.InteropServices;

namespace CrmSync.Storage.Sqlite;

/// <summary>The process's heap outside the runtime's collector: SQLite's.</summary>
internal static class NativeHeap
{
    private const string Glibc = "libc.so.6";

    // mallopt's M_MMAP_THRESHOLD, and its default value: once it is set, it grows no more.
    private const int MappingThreshold = -3;
    private const int Bytes = 128 * 1024;

    /// <summary>
    /// Large blocks go back to the system when they are freed. Else glibc keeps some megabytes of them for every thread that has ever read or written a
    /// part of a run. Nothing is done where the C library is another.
    /// </summary>
    public static void GiveBackLargeBlocks()
    {
        if (NativeLibrary.TryLoad(Glibc, out var library) && NativeLibrary.TryGetExport(library, "mallopt", out _))
        {
            _ = SetOption(MappingThreshold, Bytes);
        }
    }

    [DllImport(Glibc, EntryPoint = "mallopt")]
    private static extern int SetOption(int option, int value);
}
