using CrmSync.ConnectWise.Conditions;

namespace CrmSync.ConnectWise.Paging;

/// <summary>A list to read: which, filtered how, with which members.</summary>
internal sealed record ListQuery
{
    /// <summary>Path below <c>apis/3.0/</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Members to ask for, <c>id</c> among them; empty for all.</summary>
    public string Fields { get; init; } = "";

    /// <summary>Filter besides the range of ids; null for none.</summary>
    public Condition? Filter { get; init; }

    /// <summary>Filter over the records' children; null for none.</summary>
    public Condition? ChildFilter { get; init; }

    /// <inheritdoc cref="Http.ApiCall.Rank" />
    public int Rank { get; init; }
}
