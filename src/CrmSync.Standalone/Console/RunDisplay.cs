using System.Globalization;
using CrmSync.Core.Runs;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CrmSync.Standalone.Console;

/// <summary>Shows how a run goes: moving bars on a terminal, else a line whenever a stage is done.</summary>
internal static class RunDisplay
{
    private const int BarWidth = 22;

    /// <summary>Shows a run while somebody follows it.</summary>
    /// <param name="terminal">Where.</param>
    /// <param name="time">The clock.</param>
    /// <param name="follow">Follows the run, and tells each state of it that it sees.</param>
    public static async Task<Run> ShowAsync(Terminal terminal, TimeProvider time, Func<Action<Run>, Task<Run>> follow)
    {
        if (!terminal.IsLive)
        {
            var lines = new StageLines(terminal.Messages);
            return await follow(lines.Show);
        }

        var meter = new StageMeter();
        Run? ended = null;
        await terminal.Messages.Live(new Text("Starting …")).AutoClear(true).StartAsync(async live => ended = await follow(run =>
        {
            live.UpdateTarget(Bars(run, meter.Measure(run, time.GetUtcNow())));
            live.Refresh();
        }));
        return ended!;
    }

    /// <summary>The bars of a run: at most 80 columns.</summary>
    internal static IRenderable Bars(Run run, IReadOnlyList<StageGauge> gauges)
    {
        var grid = new Grid().AddColumn(Column(0)).AddColumn(Column(1)).AddColumn(Right()).AddColumn(Right()).AddColumn(Right()).AddColumn(Right());
        foreach (var gauge in gauges)
        {
            grid.AddRow(
                new Text(gauge.Stage),
                Bar(gauge.Share ?? 0),
                new Text(gauge.Share is { } share ? share.ToString("P0", Numbers.Format) : string.Empty),
                new Text(Numbers.Of(gauge.Settled)),
                new Text(gauge is { PerSecond: > 0, Done: false } ? $"{Numbers.Of((long)gauge.PerSecond)}/s" : string.Empty),
                new Text(gauge.Done ? "done" : gauge.Left is { } left ? $"{Numbers.Duration(left)} left" : string.Empty));
        }

        return run.State == RunState.Cancelling ? new Rows(grid, new Text("Stopping …")) : grid;
    }

    private static Markup Bar(double share)
    {
        var full = (int)Math.Round(share * BarWidth);
        return new Markup($"[green]{new string('━', full)}[/][grey]{new string('─', BarWidth - full)}[/]");
    }

    private static GridColumn Column(int left) => new GridColumn().PadLeft(left).PadRight(1).NoWrap();

    private static GridColumn Right() => Column(1).RightAligned();

    /// <summary>Says once of each stage that it began and that it is done.</summary>
    private sealed class StageLines(IAnsiConsole console)
    {
        private readonly HashSet<string> _said = new(StringComparer.Ordinal);
        private readonly StageMeter _meter = new();

        public void Show(Run run)
        {
            foreach (var gauge in _meter.Measure(run, run.StartedAt))
            {
                if (gauge.Expected is { } expected && _said.Add($"{gauge.Stage} begun"))
                {
                    console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {gauge.Stage}: {Numbers.Of(expected)} records to read"));
                }

                if (gauge.Done && _said.Add($"{gauge.Stage} done"))
                {
                    console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {gauge.Stage}: done, {Numbers.Of(gauge.Read)} read"));
                }
            }

            if (run.State == RunState.Cancelling && _said.Add("cancelling"))
            {
                console.WriteLine("  Stopping …");
            }
        }
    }
}
