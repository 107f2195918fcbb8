using System.Globalization;
using CrmSync.Simulator.Lists;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace CrmSync.Simulator.Http;

/// <summary>A request for something below <c>apis/3.0/</c>.</summary>
internal sealed record ApiRequest
{
    public required string Method { get; init; }

    /// <summary>The path below <c>apis/3.0/</c>, without empty parts: ConnectWise's own links double their slashes.</summary>
    public required string[] Segments { get; init; }

    public required IReadOnlyDictionary<string, StringValues> Query { get; init; }

    /// <summary>Scheme, host and codebase as the request used them, up to and with <c>apis/3.0/</c>.</summary>
    public required string ApiRoot { get; init; }

    public required bool IsForwardOnly { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The same address with one query parameter changed.</summary>
    public string With(string parameter, int value)
    {
        var query = Query.Where(q => !q.Key.Equals(parameter, StringComparison.OrdinalIgnoreCase))
            .Append(new(parameter, value.ToString(CultureInfo.InvariantCulture)));
        return QueryHelpers.AddQueryString(ApiRoot + string.Join('/', Segments), query);
    }

    /// <summary>The list parameters, or the 400 that one of them earns.</summary>
    public (ListParameters? Parameters, ApiAnswer? Refusal) ReadListParameters()
    {
        foreach (var name in (string[])["page", "pageSize", "pageId"])
        {
            if (Value(name) is { Length: > 0 } text && !int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _))
            {
                return (null, ApiAnswer.Invalid(name, "InvalidField", $"The value '{text}' is not valid for {name}."));
            }
        }

        if (IsForwardOnly && Value("orderBy") is { Length: > 0 })
        {
            return (null, ApiAnswer.Invalid("orderBy", "InvalidField", "orderBy is not supported with forward-only pagination."));
        }

        return (new ListParameters
        {
            Conditions = Value("conditions"),
            ChildConditions = Value("childConditions"),
            CustomFieldConditions = Value("customFieldConditions"),
            OrderBy = Value("orderBy"),
            Fields = Value("fields"),
            Page = Number("page"),
            PageSize = Number("pageSize"),
            PageId = Number("pageId"),
            IsForwardOnly = IsForwardOnly,
        }, null);
    }

    private string? Value(string name) => Query.TryGetValue(name, out var value) ? (string?)value : null;

    private int? Number(string name) => int.TryParse(Value(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}
