using CrmSync.ConnectWise.Errors;
using CrmSync.ConnectWise.Http;
using CrmSync.ConnectWise.Tests.Support;
using static CrmSync.ConnectWise.Tests.Support.ScriptedSite;

namespace CrmSync.ConnectWise.Tests.Http;

public sealed class RetryTests
{
    private const string Path = "company/companies";
    private const string TimeOut = """{"code":"ConnectWiseApi","message":"A timeout has occured. Please try again."}""";
    private static readonly ApiCall Read = new() { Path = Path, IsList = true };
    private static readonly ApiCall Write = new() { Path = Path, Method = HttpMethod.Post, IsRead = false, Body = "{}"u8.ToArray() };

    [Fact]
    public async Task Throttled_WithSeconds_WaitsExactlyThatLongAndTriesAgain()
    {
        await using var f = await SiteFixture.StartAsync(timePasses: false);
        f.Site.On(Path, (context, n) => n == 0 ? Throttle(context, "17") : Json(context, "[]"));

        var sending = f.Api.SendAsync(Read, default);
        Assert.Equal(TimeSpan.FromSeconds(17), await f.Time.NextPauseAsync());
        Assert.Single(f.Site.ApiCalls);
        f.Time.Advance(TimeSpan.FromSeconds(17));

        Assert.NotNull((await sending).Response);
        Assert.Equal(2, f.Site.ApiCalls.Count);
    }

    [Theory]
    [InlineData(null, 30)]
    [InlineData("3600", 180)]
    public async Task Throttled_WithoutOrWithAnAbsurdHeader_WaitsFloorOrCap(string? header, int seconds)
    {
        await using var f = await SiteFixture.StartAsync();
        f.Site.On(Path, (context, n) => n == 0 ? Throttle(context, header) : Json(context, "[]"));

        Assert.NotNull((await f.Api.SendAsync(Read, default)).Response);

        Assert.Equal([TimeSpan.FromSeconds(seconds)], f.Time.Pauses);
    }

    [Fact]
    public async Task Storm_OfThrottling_IsOutlastedAndCounted()
    {
        await using var f = await SiteFixture.StartAsync(change: c => c with { MaxConcurrency = 4 });
        f.Site.On(Path, (context, n) => n < 12 ? Throttle(context, "1") : Json(context, "[]"));

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => f.Api.SendAsync(Read, default)));

        Assert.All(results, r => Assert.NotNull(r.Response));
        var traffic = f.Api.Traffic.Read(f.Api.ConcurrencyLimit);
        Assert.Equal(12, traffic.Throttled);
        Assert.Equal(12, traffic.Retries);
        Assert.Equal(21, traffic.Requests);
    }

    [Fact]
    public async Task Throttled_WithoutEnd_IsAnErrorThatSaysWhenToComeBack()
    {
        await using var f = await SiteFixture.StartAsync(change: c => c with { MaxAttempts = 3 });
        f.Site.On(Path, (context, _) => Throttle(context, "9"));

        var error = (await f.Api.SendAsync(Read, default)).Error!;

        Assert.Equal(ConnectWiseErrorCategory.Throttled, error.Category);
        Assert.Equal(TimeSpan.FromSeconds(9), error.RetryAfter);
        Assert.True(error.RetryHelps);
        Assert.Equal(3, f.Site.ApiCalls.Count);
    }

    [Fact]
    public async Task TimeOut500_OnARead_IsRepeatedWithGrowingPauses()
    {
        await using var f = await SiteFixture.StartAsync();
        f.Site.On(Path, (context, n) => n < 3 ? Json(context, TimeOut, 500) : Json(context, "[]"));

        Assert.NotNull((await f.Api.SendAsync(Read, default)).Response);

        // Chance stands at one half: three quarters of 0.5, 1 and 2 seconds.
        Assert.Equal([0.375, 0.75, 1.5], f.Time.Pauses.Select(p => p.TotalSeconds));
    }

    [Theory]
    [InlineData(400, """{"code":"InvalidObject","message":"no"}""", 1)]
    [InlineData(401, """{"code":"Unauthorized","message":"no"}""", 1)]
    [InlineData(403, """{"code":"Security","message":"no"}""", 1)]
    [InlineData(409, """{"code":"Conflict","message":"no"}""", 1)]
    [InlineData(500, """{"code":"ConnectWiseApi","message":"Error converting value 'x'"}""", 1)]
    [InlineData(500, """{"code":"ConnectWiseApi","message":"String was not recognized as a valid DateTime."}""", 2)]
    [InlineData(502, "<html></html>", 8)]
    public async Task Error_OnARead_IsRepeatedAsOftenAsItDeserves(int status, string body, int attempts)
    {
        await using var f = await SiteFixture.StartAsync();
        f.Site.On(Path, (context, _) => Send(context, body, status, "application/json"));

        Assert.NotNull((await f.Api.SendAsync(Read, default)).Error);

        Assert.Equal(attempts, f.Site.ApiCalls.Count);
    }

    [Fact]
    public async Task Connection_ResetBeforeTheAnswer_IsRepeatedForAReadOnly()
    {
        await using var f = await SiteFixture.StartAsync();
        f.Site.On(Path, (context, n) =>
        {
            if (n == 0)
            {
                context.Abort();
                return Task.CompletedTask;
            }

            return Json(context, "[]");
        });

        Assert.NotNull((await f.Api.SendAsync(Read, default)).Response);
    }

    [Fact]
    public async Task Body_ResetInTheMiddle_IsRepeated()
    {
        await using var f = await SiteFixture.StartAsync();
        f.Site.On(Path, async (context, n) =>
        {
            await Json(context, n == 0 ? """[{"id":1},{"id""" : """[{"id":1}]""");
            if (n == 0)
            {
                await context.Response.Body.FlushAsync();
                context.Abort();
            }
        });

        Assert.Equal("""[{"id":1}]"""u8.ToArray(), (await f.Api.SendAsync(Read, default)).Response!.Body.ToArray());
    }

    [Fact]
    public async Task TruncatedJson_With200_IsRepeatedAndThenAnError()
    {
        await using var f = await SiteFixture.StartAsync(change: c => c with { MaxAttempts = 3 });
        f.Site.On(Path, (context, _) => Json(context, """[{"id":1},{"id":2"""));

        var error = (await f.Api.SendAsync(Read, default)).Error!;

        Assert.Equal(ConnectWiseErrorCategory.Truncated, error.Category);
        Assert.Equal(3, f.Site.ApiCalls.Count);
    }

    [Theory]
    [InlineData("<html><title>Log in</title></html>", "text/html")]
    [InlineData("  <!DOCTYPE html><html></html>", "application/json")]
    [InlineData("OK", "text/plain")]
    [InlineData("[]", "text/html")]
    public async Task Foreign_Body_With200_IsRepeatedAndThenAnError(string body, string contentType)
    {
        await using var f = await SiteFixture.StartAsync();
        f.Site.On(Path, (context, _) => Send(context, body, 200, contentType));

        var error = (await f.Api.SendAsync(Read, default)).Error!;

        Assert.Equal(ConnectWiseErrorCategory.NotConnectWise, error.Category);
        Assert.Equal(8, f.Site.ApiCalls.Count);
    }

    [Fact]
    public async Task NoAnswer_WithinTheTimeOut_IsRepeatedAndSlowsDown()
    {
        await using var f = await SiteFixture.StartAsync(timePasses: false);
        var reached = new TaskCompletionSource();
        f.Site.On(Path, async (context, n) =>
        {
            if (n == 0)
            {
                reached.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                return;
            }

            await Json(context, "[]");
        });

        var sending = f.Api.SendAsync(Read, default);
        await reached.Task;
        f.Time.Advance(ObservedTime.RequestTimeout);
        f.Time.Advance(await f.Time.NextPauseAsync());

        Assert.NotNull((await sending).Response);
        Assert.Equal(2, f.Api.ConcurrencyLimit);
    }

    [Fact]
    public async Task Call_CancelledByItsCaller_Throws()
    {
        await using var f = await SiteFixture.StartAsync();
        using var cancel = new CancellationTokenSource();
        f.Site.On(Path, async (context, _) =>
        {
            await cancel.CancelAsync();
            await Json(context, "[]");
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => f.Api.SendAsync(Read, cancel.Token));
    }

    [Theory]
    [InlineData(502, true)]
    [InlineData(500, true)]
    [InlineData(429, false)]
    [InlineData(400, false)]
    public async Task Write_Failing_IsSentOnceAndSaysWhetherItsOutcomeIsKnown(int status, bool unknown)
    {
        await using var f = await SiteFixture.StartAsync();
        f.Site.On(Path, (context, _) => Json(context, TimeOut, status));

        var error = (await f.Api.SendAsync(Write, default)).Error!;

        Assert.Equal(unknown, error.OutcomeUnknown);
        Assert.Single(f.Site.ApiCalls);
    }

    [Fact]
    public async Task Write_WhoseAnswerIsLost_IsSentOnceWithItsOutcomeUnknown()
    {
        await using var f = await SiteFixture.StartAsync();
        f.Site.On(Path, (context, _) =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        var error = (await f.Api.SendAsync(Write, default)).Error!;

        Assert.True(error.OutcomeUnknown);
        Assert.False(error.RetryHelps);
        Assert.Single(f.Site.ApiCalls);
    }

    [Fact]
    public async Task Site_ThatIsNotThere_IsUnreachable()
    {
        var f = await SiteFixture.StartAsync(change: c => c with { MaxAttempts = 2 });
        await f.Site.DisposeAsync();

        var error = (await f.Api.SendAsync(Read, default)).Error!;

        Assert.Equal(ConnectWiseErrorCategory.Unreachable, error.Category);
        await f.DisposeAsync();
    }

    [Fact]
    public async Task Requests_InAnyNumber_NeverExceedTheLimit()
    {
        await using var f = await SiteFixture.StartAsync(change: c => c with { MaxConcurrency = 3 });
        var inside = 0;
        var most = 0;
        var full = new TaskCompletionSource();
        f.Site.On(Path, async (context, _) =>
        {
            var now = Interlocked.Increment(ref inside);
            InterlockedMax(ref most, now);
            if (now == 3)
            {
                full.TrySetResult();
            }

            await full.Task;
            Interlocked.Decrement(ref inside);
            await Json(context, "[]");
        });

        await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => f.Api.SendAsync(Read, default)));

        Assert.Equal(3, most);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }
}
