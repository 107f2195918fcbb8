using System.Text.Json;
using System.Text.Json.Serialization;
using CrmSync.Simulator.Lists;

namespace CrmSync.Simulator.Http;

/// <summary>The body of a bundle, as the specification's <c>BundleRequestsCollection</c>.</summary>
internal sealed record BundleRequests(BundleRequest[]? Requests)
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
    };
}

/// <summary>One request of a bundle.</summary>
internal sealed record BundleRequest(int SequenceNumber, string? ResourceType, BundledRead? ApiRequest);

/// <summary>What one request of a bundle asks for.</summary>
internal sealed record BundledRead
{
    public int? Id { get; init; }

    public int? ParentId { get; init; }

    public BundledFilters? Filters { get; init; }

    public BundledPage? Page { get; init; }

    public string? Fields { get; init; }

    public ListParameters Parameters() => new()
    {
        Conditions = Filters?.Conditions,
        ChildConditions = Filters?.Childconditions,
        CustomFieldConditions = Filters?.Customfieldconditions,
        OrderBy = Filters?.OrderBy,
        Page = Page?.Page,
        PageSize = Page?.PageSize,
        PageId = Page?.PageId,
        IsForwardOnly = Page?.PageId is not null,
    };
}

/// <summary>The conditions of one request of a bundle, spelt as the specification spells them.</summary>
internal sealed record BundledFilters(string? Conditions, string? OrderBy, string? Childconditions, string? Customfieldconditions);

/// <summary>The page of one request of a bundle; a page id asks for forward-only reading.</summary>
internal sealed record BundledPage(int? Page, int? PageSize, int? PageId);
