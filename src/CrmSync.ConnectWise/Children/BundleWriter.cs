using System.Buffers;
using System.Text.Json;

namespace CrmSync.ConnectWise.Children;

/// <summary>Which list below an opportunity.</summary>
internal enum ChildList
{
    Forecast,
    Notes,
}

/// <summary>One sub-request of a bundle.</summary>
internal readonly record struct ChildRequest(long Opportunity, ChildList List);

/// <summary>Writes the body of <c>POST /system/bundles</c>: several reads in one request (BundleRequestsCollection of the vendor's OpenAPI).</summary>
internal static class BundleWriter
{
    /// <summary>Most children of one opportunity that a sub-request asks for; a full answer means there may be more.</summary>
    public const int ChildPage = 1000;

    /// <summary>The body. Sub-requests are numbered by their place, from 0.</summary>
    public static ReadOnlyMemory<byte> Write(IReadOnlyList<ChildRequest> requests)
    {
        var body = new ArrayBufferWriter<byte>(requests.Count * 128);
        using var json = new Utf8JsonWriter(body);
        json.WriteStartObject();
        json.WriteStartArray("requests");
        for (var i = 0; i < requests.Count; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("sequenceNumber", i);
            json.WriteString("resourceType", requests[i].List switch
            {
                ChildList.Forecast => "opportunityforecast",
                ChildList.Notes => "opportunitynote",
            });
            json.WriteStartObject("apiRequest");
            json.WriteNumber("parentId", requests[i].Opportunity);
            json.WriteStartObject("page");
            json.WriteNumber("page", 1);
            json.WriteNumber("pageSize", ChildPage);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return body.WrittenMemory;
    }
}
