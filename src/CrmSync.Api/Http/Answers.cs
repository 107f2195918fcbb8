using CrmSync.Api.Problems;
using CrmSync.Core;
using Microsoft.AspNetCore.Http;

namespace CrmSync.Api.Http;

/// <summary>A page of a list.</summary>
/// <typeparam name="T">What the list holds.</typeparam>
/// <param name="Items">The items, in the list's order.</param>
/// <param name="Continuation">The token with which the next page is asked for; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Continuation);

/// <summary>Turns values and refusals into answers.</summary>
internal static class Answers
{
    public static IResult Ok<T>(T value) => TypedResults.Json(value, CoreJson.Options);

    public static IResult Of<T>(Result<T> result) => result.Succeeded ? Ok(result.Value) : ApiProblems.Of(result.Refusal);

    /// <summary>A page of a list that is held in whole and sorted by its places. A place whose item has gone since still divides the list.</summary>
    public static Page<T> PageOf<T>(IEnumerable<T> all, Func<T, string> place, bool descending, string? after, int limit, string list)
    {
        var rest = after is null ? all : all.Where(item =>
            descending ? string.CompareOrdinal(place(item), after) < 0 : string.CompareOrdinal(place(item), after) > 0);
        return PageOf([.. rest.Take(limit + 1)], place, limit, list);
    }

    /// <summary>A page from a reading of one item more than it may hold, which tells whether there is another page.</summary>
    public static Page<T> PageOf<T>(IReadOnlyList<T> read, Func<T, string> place, int limit, string list) => read.Count > limit
        ? new Page<T>([.. read.Take(limit)], ContinuationToken.Write(list, place(read[limit - 1])))
        : new Page<T>(read, null);
}
