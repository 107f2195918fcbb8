using System.Globalization;
using System.Net.Http.Headers;

namespace CrmSync.ConnectWise.Http;

/// <summary>How long a 429 or 503 asks to be left alone. Pure.</summary>
internal static class RetryAfter
{
    /// <summary>Without a usable header: recovery was seen to take well over 10 seconds, and the site's own text says 30.</summary>
    public static readonly TimeSpan Floor = TimeSpan.FromSeconds(30);

    /// <summary>Longest pause honoured; a header that asks for hours is a fault, and one more request per 3 minutes harms nobody.</summary>
    public static readonly TimeSpan Cap = TimeSpan.FromSeconds(180);

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Seconds are taken as they are, at least 1 and at most 180. A date is measured against the answer's own <c>Date</c>, so that
    /// a clock set wrong on either side does not matter. Anything unreadable or in the past counts as absent.
    /// </summary>
    public static TimeSpan Read(HttpResponseHeaders headers, DateTimeOffset now)
    {
        // Parsed by hand: the framework's parser drops a value that does not fit an int, which is the absurd case.
        if (!headers.NonValidated.TryGetValues("Retry-After", out var values))
        {
            return Floor;
        }

        var text = values.ToString().Trim();
        if (text.Length > 0 && text.All(char.IsAsciiDigit))
        {
            return double.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= Cap.TotalSeconds
                ? Max(TimeSpan.FromSeconds(seconds), Shortest)
                : Cap;
        }

        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
        {
            return Floor;
        }

        var pause = date - (headers.Date ?? now);
        return pause <= TimeSpan.Zero ? Floor : pause > Cap ? Cap : Max(pause, Shortest);
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
