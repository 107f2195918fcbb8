using System.Net.Http.Headers;

namespace CrmSync.Scim.Client;

/// <summary>How long an answer asks to be left alone. Pure.</summary>
internal static class RetryAfter
{
    /// <summary>Longest pause that is kept; a header that asks for hours is a fault, and one more request in three minutes harms nobody.</summary>
    public static readonly TimeSpan Cap = TimeSpan.FromSeconds(180);

    /// <summary>
    /// The pause, at most <see cref="Cap"/>; null where none is named, or one in the past. A date is measured against the answer's own
    /// <c>Date</c>, so that a clock set wrong on either side does not matter.
    /// </summary>
    public static TimeSpan? Read(HttpResponseHeaders headers, DateTimeOffset now)
    {
        var asked = headers.RetryAfter;
        var pause = asked?.Delta ?? asked?.Date - (headers.Date ?? now);
        return pause is null || pause <= TimeSpan.Zero ? null : pause > Cap ? Cap : pause;
    }
}
