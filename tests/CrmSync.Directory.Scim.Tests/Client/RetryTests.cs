using System.Globalization;
using CrmSync.Scim.Client;

namespace CrmSync.Scim.Tests.Client;

/// <summary>What is sent again, and after which pause (F11).</summary>
public sealed class RetryTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("GET", true, true)]
    [InlineData("DELETE", true, true)]
    [InlineData("PATCH", true, false)]
    [InlineData("PUT", true, false)]
    [InlineData("POST", true, false)]
    [InlineData("POST", false, true)]
    [InlineData("PATCH", false, true)]
    public void MayRepeat_UnknownOutcome_OnlyWhatChangesNothingTwice_S3(string method, bool maybeDone, bool repeats)
    {
        var call = new ScimCall { Method = new HttpMethod(method), Resource = "Users", Path = "Users" };

        Assert.Equal(repeats, RetryPipeline.MayRepeat(call, Faults.Unreachable("reset", maybeDone)));
        Assert.True(RetryPipeline.MayRepeat(call, Faults.Throttled("slow", null)));
        Assert.False(RetryPipeline.MayRepeat(call, Faults.Refused(400, null, "no")));
        Assert.False(RetryPipeline.MayRepeat(call, Faults.Refused(412, null, "changed")));
    }

    [Theory]
    [InlineData("7", null, 7)]
    [InlineData("999999999", null, 180)]
    [InlineData("0", null, null)]
    [InlineData("Mon, 02 Nov 2026 08:00:30 GMT", null, 30)]
    [InlineData("Mon, 02 Nov 2026 09:00:30 GMT", "Mon, 02 Nov 2026 09:00:00 GMT", 30)]
    [InlineData("Mon, 02 Nov 2099 08:00:00 GMT", null, 180)]
    [InlineData("Mon, 02 Nov 2020 08:00:00 GMT", null, null)]
    [InlineData(null, null, null)]
    public void RetryAfter_AnyForm_IsHonouredWithinReason(string? header, string? date, int? seconds)
    {
        using var response = new HttpResponseMessage();
        if (header is not null)
        {
            response.Headers.TryAddWithoutValidation("Retry-After", header);
        }

        response.Headers.Date = date is null ? null : DateTimeOffset.Parse(date, CultureInfo.InvariantCulture);

        Assert.Equal(seconds, RetryAfter.Read(response.Headers, Now)?.TotalSeconds);
    }
}
