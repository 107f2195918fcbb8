using System.Globalization;
using System.Text.Json;
using CrmSync.Core.Records;

namespace CrmSync.ConnectWise.Children;

/// <summary>Makes lines and notes of JSON.</summary>
internal static class ChildParser
{
    /// <summary>The lines that count in the opportunity's forecast, and its revenue total; the answer is a list of one forecast.</summary>
    public static (IReadOnlyList<LineItem> Lines, decimal? Total) Forecast(JsonElement forecasts)
    {
        var lines = new List<LineItem>();
        decimal? total = null;
        foreach (var forecast in Objects(forecasts))
        {
            if (forecast.TryGetProperty("forecastItems", out var items))
            {
                // Lines without the flag are alternatives that the salesperson did not include: they are in no total (OP-3).
                lines.AddRange(Objects(items).Where(item => Flag(item, "includeFlag") != false).Select(Line));
            }

            if (forecast.TryGetProperty("forecastRevenueTotals", out var totals) && Number(totals, "revenue") is { } revenue)
            {
                total = (total ?? 0) + revenue;
            }
        }

        return (lines, total);
    }

    /// <summary>The notes that say something.</summary>
    public static IReadOnlyList<NoteEntry> Notes(IEnumerable<JsonElement> notes)
    {
        var entries = new List<NoteEntry>();
        foreach (var note in notes)
        {
            if (Canonical.LongText(Text(note, "text")) is { } text)
            {
                entries.Add(new NoteEntry { Id = Id(note), Text = text, EnteredBy = Canonical.Text(Text(note, "enteredBy")) });
            }
        }

        return entries;
    }

    /// <summary>The objects of a list; none for anything else.</summary>
    public static IEnumerable<JsonElement> Objects(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.Object) : [];

    private static LineItem Line(JsonElement item) => new()
    {
        Id = Id(item),
        Solution = item.TryGetProperty("catalogItem", out var solution) && Number(solution, "id") is { } id ? Canonical.Number(id) : null,
        Description = Canonical.Text(Text(item, "forecastDescription")) ?? Canonical.Text(Text(item, "productDescription")),
        Quantity = Number(item, "quantity") ?? 1,
        Revenue = Number(item, "revenue") ?? 0,
        Cost = Number(item, "cost") ?? 0,
        BillingCycle = Flag(item, "recurringFlag") == true && item.TryGetProperty("billCycle", out var cycle) ? Canonical.Text(Text(cycle, "name")) : null,
    };

    private static string Id(JsonElement element) => Canonical.Number(Number(element, "id") ?? 0)!;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static bool? Flag(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;

    private static decimal? Number(JsonElement element, string name) =>
        element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) ? number
        : value.ValueKind == JsonValueKind.String && decimal.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var text) ? text
        : null;
}
