namespace CrmSync.Standalone.Commands;

/// <summary>What the process's exit code means.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongInput = 2;
    public const int RefusedByState = 3;
    public const int Unavailable = 4;
    public const int Cancelled = 130;

    /// <summary>The list as <c>--help</c> shows it.</summary>
    public const string Help = """
        Exit codes:
            0  done
            1  the run failed, or an internal error
            2  wrong usage or input
            3  refused by the present state: a step or stage is missing, a run is under
               way, the data directory is in use
            4  another system is unreachable or refuses
          130  cancelled
        """;
}
