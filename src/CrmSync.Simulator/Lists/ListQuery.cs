using CrmSync.Simulator.Conditions;
using CrmSync.Simulator.Records;

namespace CrmSync.Simulator.Lists;

/// <summary>One field that a list is ordered by.</summary>
internal sealed record Ordering(FieldPath Path, bool IsDescending);

/// <summary>What a request asks of a list, its names already found in the record's definition.</summary>
internal sealed record ListQuery
{
    public const int DefaultPageSize = 25;
    public const int LargestPageSize = 1000;

    public required Filter Filter { get; init; }

    public IdSeek Seek { get; init; } = IdSeek.Everything;

    public IReadOnlyList<Ordering> Order { get; init; } = [];

    /// <summary>From 1. Not used in forward-only mode.</summary>
    public int Page { get; init; } = 1;

    public int PageSize { get; init; } = DefaultPageSize;

    public bool IsForwardOnly { get; init; }
}

/// <summary>The text parameters of a list, as a request or a bundle gives them.</summary>
internal sealed record ListParameters
{
    public string? Conditions { get; init; }

    public string? ChildConditions { get; init; }

    public string? CustomFieldConditions { get; init; }

    public string? OrderBy { get; init; }

    public string? Fields { get; init; }

    public int? Page { get; init; }

    public int? PageSize { get; init; }

    public int? PageId { get; init; }

    public bool IsForwardOnly { get; init; }

    /// <exception cref="ConditionException">A condition or an order is refused.</exception>
    public ListQuery Bind(RecordDefinition definition)
    {
        var condition = string.IsNullOrWhiteSpace(Conditions) ? null : ConditionParser.Parse(Conditions, FieldPaths.OfRecord(definition));
        var seek = IdSeek.From(condition, definition.Id);
        return new ListQuery
        {
            Filter = new Filter(
                condition is null ? null : IdSeek.Rest(condition, definition.Id),
                string.IsNullOrWhiteSpace(ChildConditions) ? null : ConditionParser.Parse(ChildConditions, FieldPaths.OfChildren(definition)),
                string.IsNullOrWhiteSpace(CustomFieldConditions) ? null : ConditionParser.Parse(CustomFieldConditions, FieldPaths.OfCustomFields(definition))),
            Seek = IsForwardOnly && PageId is { } after ? seek.After(after) : seek,
            Order = string.IsNullOrWhiteSpace(OrderBy) ? [] : OrderParser.Parse(OrderBy, definition),
            Page = Math.Max(1, Page ?? 1),
            PageSize = PageSize is { } size and > 0 ? Math.Min(size, ListQuery.LargestPageSize) : ListQuery.DefaultPageSize,
            IsForwardOnly = IsForwardOnly,
        };
    }
}
