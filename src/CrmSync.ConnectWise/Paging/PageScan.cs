using System.Text.Json;
using CrmSync.ConnectWise.Errors;
using CrmSync.ConnectWise.Http;

namespace CrmSync.ConnectWise.Paging;

/// <summary>Proves that a body is a complete list of records in ascending order of their ids, without reading the records themselves.</summary>
internal static class PageScan
{
    /// <summary>The ids on the page.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="after">Exclusive lower bound that was asked for.</param>
    /// <param name="upTo">Inclusive upper bound that was asked for; null for none.</param>
    /// <param name="most">Most records asked for.</param>
    /// <param name="ids">The ids; empty when the page is rejected.</param>
    public static Rejection? Scan(ApiResponse answer, long after, long? upTo, int most, out long[] ids)
    {
        ids = [];
        var body = JsonShape.Trim(answer.Body.Span);
        if (JsonShape.RejectForeign(body, answer.ContentType) is { } foreign)
        {
            return foreign;
        }

        if (body[0] != (byte)'[')
        {
            return new Rejection(ConnectWiseErrorCategory.NotConnectWise, "Expected a list, got another kind of JSON.", RetryAdvice.Once);
        }

        var found = new List<long>(Math.Min(most, 1000));
        try
        {
            var reader = new Utf8JsonReader(body);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                if (ReadId(ref reader) is not { } id)
                {
                    return Inconsistent("A record without an id.");
                }

                found.Add(id);
            }

            if (reader.TokenType != JsonTokenType.EndArray || reader.Read())
            {
                return JsonShape.Damaged();
            }
        }
        catch (JsonException)
        {
            return JsonShape.Damaged();
        }

        if (Contradiction(found, after, upTo, most) is { } contradiction)
        {
            return contradiction;
        }

        ids = [.. found];
        return null;
    }

    private static Rejection? Contradiction(List<long> ids, long after, long? upTo, int most)
    {
        if (ids.Count > most)
        {
            return Inconsistent($"{ids.Count} records on a page of at most {most}.");
        }

        var previous = after;
        foreach (var id in ids)
        {
            if (id <= previous)
            {
                return Inconsistent($"Record {id} follows {previous}: the page is out of order or out of range.");
            }

            previous = id;
        }

        return previous > (upTo ?? long.MaxValue) ? Inconsistent($"Record {previous} lies above {upTo}.") : null;
    }

    /// <summary>Walks to the end of the record at the reader; its own id is at its first level.</summary>
    private static long? ReadId(ref Utf8JsonReader reader)
    {
        long? id = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isId = reader.ValueTextEquals("id"u8);
            reader.Read();
            if (isId && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value))
            {
                id = value;
            }

            reader.Skip();
        }

        return id;
    }

    private static Rejection Inconsistent(string message) => new(ConnectWiseErrorCategory.Inconsistent, message, RetryAdvice.Once);
}
