using CrmSync.ConnectWise.Http;
using CrmSync.ConnectWise.Tests.Support;

namespace CrmSync.ConnectWise.Tests.Http;

public sealed class ConcurrencyGateTests
{
    private readonly ObservedTime _time = new();

    [Fact]
    public async Task Gate_Full_LetsNobodyInUntilSomeoneLeaves()
    {
        using var gate = new ConcurrencyGate(2, _time);
        var first = await gate.EnterAsync(0, default);
        await gate.EnterAsync(0, default);
        var third = gate.EnterAsync(0, default);
        Assert.False(third.IsCompleted);

        gate.Leave(first, LoadSignal.Neutral);

        await third;
    }

    [Fact]
    public async Task Limit_OnABurstOfRefusals_IsHalvedOnce()
    {
        using var gate = new ConcurrencyGate(8, _time);
        var passes = await EnterAsync(gate, 8);

        passes.ForEach(pass => gate.Leave(pass, LoadSignal.Congested));

        Assert.Equal(4, gate.Limit);
    }

    [Fact]
    public async Task Limit_RefusedAgainAndAgain_NeverFallsBelowOne()
    {
        using var gate = new ConcurrencyGate(8, _time);
        for (var i = 0; i < 10; i++)
        {
            gate.Leave(await gate.EnterAsync(0, default), LoadSignal.Congested);
        }

        Assert.Equal(1, gate.Limit);
    }

    [Fact]
    public async Task Limit_AfterHealthyAnswers_GrowsBackByOneARoundAndNeverAboveTheMost()
    {
        using var gate = new ConcurrencyGate(4, _time);
        gate.Leave(await gate.EnterAsync(0, default), LoadSignal.Congested);
        Assert.Equal(2, gate.Limit);

        var rounds = 0;
        while (gate.Limit < 4)
        {
            gate.Leave(await gate.EnterAsync(0, default), LoadSignal.Healthy);
            rounds++;
        }

        Assert.InRange(rounds, 4, 7);
        gate.Leave(await gate.EnterAsync(0, default), LoadSignal.Healthy);
        Assert.Equal(4, gate.Limit);
    }

    [Fact]
    public async Task Limit_SharedWithOtherProcesses_IsOneForEachReadingAndAllOfItBetweenReadings_L6()
    {
        using var gate = new ConcurrencyGate(4, _time, shared: true);
        Assert.Equal(4, gate.Limit);

        gate.BeginReading();
        await gate.EnterAsync(0, default);
        var second = gate.EnterAsync(0, default);
        Assert.Equal((1, false), (gate.Limit, second.IsCompleted));

        gate.BeginReading();
        await second;
        gate.EndReading();
        Assert.Equal(1, gate.Limit);
        gate.EndReading();
        Assert.Equal(4, gate.Limit);
    }

    [Fact]
    public async Task Pause_Running_HoldsEverybodyUntilItIsOver()
    {
        using var gate = new ConcurrencyGate(4, _time);
        gate.Pause(TimeSpan.FromSeconds(30));
        var waiting = gate.EnterAsync(0, default);
        Assert.Equal(TimeSpan.FromSeconds(30), await _time.NextPauseAsync());

        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));

        await waiting;
    }

    [Fact]
    public async Task Pause_ShorterThanTheRunningOne_DoesNotShortenIt()
    {
        using var gate = new ConcurrencyGate(4, _time);
        gate.Pause(TimeSpan.FromSeconds(30));
        gate.Pause(TimeSpan.FromSeconds(5));
        var waiting = gate.EnterAsync(0, default);

        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));

        await waiting;
    }

    [Fact]
    public async Task Waiter_Cancelled_TakesNoPlace()
    {
        using var gate = new ConcurrencyGate(1, _time);
        using var cancel = new CancellationTokenSource();
        var inside = await gate.EnterAsync(0, default);
        var cancelled = gate.EnterAsync(0, cancel.Token);
        var next = gate.EnterAsync(0, default);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        gate.Leave(inside, LoadSignal.Neutral);

        await next;
    }

    [Fact]
    public async Task Waiters_OfDifferentRanks_PassInTheirOrderAndAmongEqualsAsTheyCame()
    {
        using var gate = new ConcurrencyGate(1, _time);
        var inside = await gate.EnterAsync(0, default);
        List<Task<int>> waiting = [gate.EnterAsync(2, default), gate.EnterAsync(1, default), gate.EnterAsync(1, default), gate.EnterAsync(0, default)];

        foreach (var next in new[] { waiting[3], waiting[1], waiting[2], waiting[0] })
        {
            gate.Leave(inside, LoadSignal.Neutral);
            Assert.Same(next, await Task.WhenAny(waiting));
            inside = await next;
            waiting.Remove(next);
        }
    }

    private static async Task<List<int>> EnterAsync(ConcurrencyGate gate, int count)
    {
        var passes = new List<int>();
        for (var i = 0; i < count; i++)
        {
            passes.Add(await gate.EnterAsync(0, default));
        }

        return passes;
    }
}
