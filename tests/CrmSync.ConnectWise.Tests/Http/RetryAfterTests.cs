using System.Globalization;
using CrmSync.ConnectWise.Http;

namespace CrmSync.ConnectWise.Tests.Http;

public sealed class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("17", 17)]
    [InlineData("0", 1)]
    [InlineData("180", 180)]
    [InlineData("86400", 180)]
    [InlineData("99999999999999999999999999", 180)]
    [InlineData("-5", 30)]
    [InlineData("soon", 30)]
    [InlineData("", 30)]
    [InlineData(null, 30)]
    [InlineData("Mon, 02 Nov 2026 08:00:45 GMT", 45)]
    [InlineData("Mon, 02 Nov 2026 18:00:00 GMT", 180)]
    [InlineData("Mon, 02 Nov 2026 07:00:00 GMT", 30)]
    public void Header_OfEachKind_GivesThePause(string? header, int seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), Read(header, serverNow: null));
    }

    [Fact]
    public void Date_WithTheServersClockTenMinutesAhead_IsMeasuredByThatClock()
    {
        var serverNow = Now.AddMinutes(10);

        Assert.Equal(TimeSpan.FromSeconds(20), Read(serverNow.AddSeconds(20).ToString("R", CultureInfo.InvariantCulture), serverNow));
    }

    private static TimeSpan Read(string? header, DateTimeOffset? serverNow)
    {
        using var response = new HttpResponseMessage();
        response.Headers.Date = serverNow;
        if (header is not null)
        {
            response.Headers.TryAddWithoutValidation("Retry-After", header);
        }

        return RetryAfter.Read(response.Headers, Now);
    }
}
