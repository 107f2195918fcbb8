using CrmSync.EndToEnd.Support;

namespace CrmSync.EndToEnd.Resuming;

/// <summary>IM-5: the process dies at every boundary of an effect, and the next one goes on.</summary>
public sealed class CrashAtEffectTests(Template template) : IClassFixture<Template>
{
    [Fact]
    public async Task Import_DiesAtEachEffectBoundary_EndsAsUndisturbed_IM5()
    {
        Assert.StartsWith("Completed", template.Undisturbed.Report, StringComparison.Ordinal);
        var boundaries = 0;
        while (await TryAsync(boundaries + 1))
        {
            boundaries++;
        }

        // Begin, five stages opened, read, planned, verified and applied, and the end: three moments each.
        Assert.InRange(boundaries, 3 * (1 + (5 * 5) + 1), 1_000);
    }

    // False where the run ended before it came to the n-th boundary.
    private async Task<bool> TryAsync(int boundary)
    {
        using var folder = template.Copy();
        var crash = new Crash(boundary);
        var (run, ended) = await crash.RunAsync(folder.Path, new EngineTaps { Effect = crash.AtEffect });
        if (ended)
        {
            return false;
        }

        FinalState.AssertSame(template.Undisturbed, await Template.ResumeAsync(folder.Path, run), $"boundary {boundary}: {crash.Place}");
        return true;
    }
}
