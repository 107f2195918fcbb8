namespace CrmSync.ConnectWise.Paging;

/// <summary>The latest full pages' durations, for forecasts (PL-8). A median, since one retried page may take minutes.</summary>
internal sealed class PageTimes
{
    private const int Kept = 31;

    private readonly Lock _sync = new();
    private readonly double[] _seconds = new double[Kept];
    private long _count;

    /// <summary>In seconds; 0 before the first.</summary>
    public double Median
    {
        get
        {
            lock (_sync)
            {
                var kept = _seconds.AsSpan(0, (int)Math.Min(_count, Kept)).ToArray();
                Array.Sort(kept);
                return kept.Length == 0 ? 0 : kept[kept.Length / 2];
            }
        }
    }

    public void Add(double seconds)
    {
        lock (_sync)
        {
            _seconds[_count++ % Kept] = seconds;
        }
    }
}
