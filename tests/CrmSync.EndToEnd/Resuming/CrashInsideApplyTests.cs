using System.Collections.Concurrent;
using CrmSync.Core.Ports;
using CrmSync.EndToEnd.Support;

namespace CrmSync.EndToEnd.Resuming;

/// <summary>IM-5: the process dies inside a batch: before or after any write to the CRM, the links or the backups.</summary>
public sealed class CrashInsideApplyTests(Template template) : IClassFixture<Template>
{
    [Fact]
    public async Task Import_DiesAroundEachWrite_EndsAsUndisturbedAndCreatesNothingTwice_IM5()
    {
        var places = 0;
        while (await TryAsync(places + 1))
        {
            places++;
        }

        // Five stages write records and links, and some of them overwrite: before and after each.
        Assert.InRange(places, 2 * ((5 * 2) + 1), 1_000);
    }

    private async Task<bool> TryAsync(int place)
    {
        using var folder = template.Copy();
        var created = new ConcurrentBag<string>();
        var crash = new Crash(place);
        var taps = new EngineTaps
        {
            Effect = crash.AfterPort,
            Port = call =>
            {
                Count(call, created);
                return crash.AtPortAsync(call);
            },
        };
        var (run, ended) = await crash.RunAsync(folder.Path, taps);
        if (ended)
        {
            return false;
        }

        var state = await Template.ResumeAsync(folder.Path, run, new EngineTaps
        {
            Port = call =>
            {
                Count(call, created);
                return Task.CompletedTask;
            },
        });
        FinalState.AssertSame(template.Undisturbed, state, $"place {place}: {crash.Place}");
        Assert.DoesNotContain(created.GroupBy(key => key), group => group.Count() > 1);
        return true;
    }

    private static void Count(PortCall call, ConcurrentBag<string> created)
    {
        if (call is { Port: nameof(ICrm), Method: nameof(ICrm.WriteAsync), Result: IReadOnlyList<CrmWriteResult> results })
        {
            foreach (var (write, _) in ((IReadOnlyList<CrmWrite>)call.Arguments[1]!).Zip(results).Where(pair => pair.Second.Created))
            {
                created.Add(write.ExternalKey!);
            }
        }
    }
}
