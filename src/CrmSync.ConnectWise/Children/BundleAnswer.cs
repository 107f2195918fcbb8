using System.Text.Json;
using CrmSync.ConnectWise.Errors;
using CrmSync.ConnectWise.Http;

namespace CrmSync.ConnectWise.Children;

/// <summary>What a bundle said to one of its sub-requests.</summary>
internal enum SubOutcome
{
    /// <summary>The whole list is there.</summary>
    Answered,

    /// <summary>The opportunity does not exist.</summary>
    Gone,

    /// <summary>Failed, missing, or too long for one answer: to be asked for on its own.</summary>
    AskAlone,
}

/// <summary>Reads the answer of <c>POST /system/bundles</c> (BundleResultsCollection of the vendor's OpenAPI).</summary>
internal static class BundleAnswer
{
    /// <summary>The outcome of each of <paramref name="count"/> sub-requests, and its list where it was answered. The elements live as long as the document.</summary>
    public static (SubOutcome Outcome, JsonElement Entities)[] Read(JsonDocument answer, int count)
    {
        var outcomes = new (SubOutcome Outcome, JsonElement Entities)[count];
        Array.Fill(outcomes, (SubOutcome.AskAlone, default));
        foreach (var result in answer.RootElement.GetProperty("results").EnumerateArray())
        {
            if (Number(result, "sequenceNumber") is { } number && number >= 0 && number < count)
            {
                outcomes[number] = Of(result);
            }
        }

        return outcomes;
    }

    /// <summary>Accepts a body only when it has the list of results.</summary>
    public static Rejection? Inspect(ApiResponse answer)
    {
        if (JsonShape.Inspect(answer) is { } rejection)
        {
            return rejection;
        }

        return HoldsResults(new Utf8JsonReader(JsonShape.Trim(answer.Body.Span)))
            ? null : new Rejection(ConnectWiseErrorCategory.Inconsistent, "The bundle's answer holds no results.", RetryAdvice.Once);
    }

    private static bool HoldsResults(Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isResults = reader.ValueTextEquals("results"u8);
            reader.Read();
            if (isResults)
            {
                return HoldsObjects(ref reader);
            }

            reader.Skip();
        }

        return false;
    }

    private static bool HoldsObjects(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            reader.Skip();
        }

        return reader.TokenType == JsonTokenType.EndArray;
    }

    private static (SubOutcome Outcome, JsonElement Entities) Of(JsonElement result)
    {
        if (Number(result, "statusCode") == 404)
        {
            // A tenant that lacks the resource answers 404 as well; only the API's NotFound speaks of the record.
            var isRecord = result.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
                && error.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String && code.GetString() == "NotFound";
            return (isRecord ? SubOutcome.Gone : SubOutcome.AskAlone, default);
        }

        var succeeded = result.TryGetProperty("success", out var success) && success.ValueKind == JsonValueKind.True;
        if (!succeeded || Number(result, "statusCode") is >= 300)
        {
            return (SubOutcome.AskAlone, default);
        }

        // Without children some servers leave the member out, as they do with nulls.
        if (!result.TryGetProperty("entities", out var entities) || entities.ValueKind == JsonValueKind.Null)
        {
            return (Number(result, "count") is null or 0 ? SubOutcome.Answered : SubOutcome.AskAlone, default);
        }

        return entities.ValueKind == JsonValueKind.Array && entities.GetArrayLength() < BundleWriter.ChildPage
            ? (SubOutcome.Answered, entities)
            : (SubOutcome.AskAlone, default);
    }

    private static int? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;
}
