using CrmSync.Simulator.Accounts.Data;
using CrmSync.Simulator.Records;

namespace CrmSync.Simulator.Accounts;

/// <summary>The forecast and the notes of one opportunity.</summary>
internal sealed class ForecastGenerator(AccountModel model, OpportunityGenerator opportunities, Draws draws)
{
    /// <summary>Ids of lines and notes are the opportunity's id times this, plus the place.</summary>
    public const int IdsPerOpportunity = 16;

    private const int MostLines = 6;
    private const int MostNotes = 3;

    private enum Purpose
    {
        Lines = 300, Differs, Notes, NoteText, NoteType,
        Line = 320, Quantity = 330, Free = 340, Discount = 350, Included = 360,
    }

    /// <summary>One line before it is written: a catalog item, or work described in words.</summary>
    private sealed record Line(string Type, double Quantity, double Revenue, double Cost, bool IsIncluded, int? Item);

    public FieldValue Forecast(RecordKey key)
    {
        var index = key.Position;
        var lines = Enumerable.Range(0, draws.Below(index, (int)Purpose.Lines, MostLines + 1)).Select(place => MakeLine(index, place)).ToArray();
        var included = System.Array.FindAll(lines, l => l.IsIncluded);
        var total = Round(included.Sum(l => l.Revenue));
        if (lines.Length > 0 && draws.Chance(index, (int)Purpose.Differs, Shares.OpportunityTotalDiffers))
        {
            total = Round(total + 100);
        }

        var cost = Round(included.Sum(l => l.Cost));
        var recurring = Round(included.Where(l => l.Item is { } item && model.Catalog.IsRecurring(item)).Sum(l => l.Revenue));
        var status = opportunities.Status(index);
        return FieldValue.Inline(
            FieldValue.Of(key.Id),
            FieldValue.Array([.. lines.Select((line, place) => Write(key, line, place))]),
            Sum(key.Id, included, "Product"),
            Sum(key.Id, included, "Service"),
            Sum(key.Id, included, "Agreement"),
            Revenue(key.Id, total, cost),
            Revenue(key.Id, total, cost),
            FieldValue.Of(recurring),
            Revenue(key.Id, status == 2 ? total : 0, status == 2 ? cost : 0),
            Revenue(key.Id, status == 3 ? total : 0, status == 3 ? cost : 0),
            Revenue(key.Id, status is 1 or 8 ? total : 0, status is 1 or 8 ? cost : 0),
            Sum(key.Id, included, "Other1"),
            FieldValue.Of(0.0),
            FieldValue.Of(total),
            FieldValue.Of(status == 2 ? 100 : 50),
            Info(index));
    }

    public FieldValue Notes(RecordKey key)
    {
        var count = draws.Below(key.Position, (int)Purpose.Notes, MostNotes + 1);
        var notes = new FieldValue[count];
        for (var place = 0; place < count; place++)
        {
            var text = draws.Pick(key.Position, (int)Purpose.NoteText + (place * 5), Names.NoteTexts);
            notes[place] = FieldValue.Inline(
                FieldValue.Of((key.Id * IdsPerOpportunity) + place),
                FieldValue.Of(key.Id),
                place == 0 ? FieldValue.Null : FieldValue.Reference(1 + (place % 2)),
                FieldValue.Of(Wording.Blemish(text, draws, key.Position, 400 + (place * 5))),
                FieldValue.Of(place == 1),
                FieldValue.Of(opportunities.Author(key.Position)),
                Info(key.Position));
        }

        return FieldValue.Array(notes);
    }

    private Line MakeLine(int index, int place)
    {
        var isIncluded = draws.Below(index, (int)Purpose.Included + place, 12) != 0;
        var quantity = draws.Between(index, (int)Purpose.Quantity + place, 1, 25);
        if (model.Size.CatalogItems == 0 || draws.Chance(index, (int)Purpose.Free + place, Shares.OpportunityLineWithoutItem))
        {
            var revenue = quantity * 150.0;
            return new Line(place % 2 == 0 ? "Service" : "Other1", quantity, revenue, Round(revenue * 0.6), isIncluded, null);
        }

        var item = draws.Below(index, (int)Purpose.Line + place, model.Size.CatalogItems);
        var discount = draws.Below(index, (int)Purpose.Discount + place, 4) == 0 ? 0.9 : 1.0;
        return new Line(
            model.Catalog.IsRecurring(item) ? "Agreement" : "Product",
            quantity,
            Round(model.Catalog.Price(item) * quantity * discount),
            Round(model.Catalog.Cost(item) * quantity),
            isIncluded,
            item);
    }

    private FieldValue Write(RecordKey key, Line line, int place)
    {
        var cycle = line.Item is { } index ? model.Catalog.Cycle(index) : null;
        var isRecurring = cycle is not null;
        return FieldValue.Inline(
            FieldValue.Of((key.Id * IdsPerOpportunity) + place),
            FieldValue.Of(line.Item is { } described ? Shortened(model.Catalog.Description(described)) : "Labour as quoted"),
            FieldValue.Reference(key.Id),
            FieldValue.Of(line.Quantity),
            FieldValue.Reference(opportunities.Status(key.Position)),
            line.Item is { } item ? FieldValue.Reference(model.CatalogIds.IdAt(item)) : FieldValue.Null,
            line.Item is { } product ? FieldValue.Of(model.Catalog.Description(product)) : FieldValue.Null,
            line.Item is null ? FieldValue.Null : FieldValue.Of(isRecurring ? "Agreement" : "Inventory"),
            FieldValue.Of(line.Revenue),
            FieldValue.Of(line.Cost),
            FieldValue.Of(Round(line.Revenue - line.Cost)),
            FieldValue.Of(100),
            FieldValue.Of(line.IsIncluded),
            FieldValue.Of(line.Type),
            FieldValue.Of(line.Item is not null),
            FieldValue.Of(isRecurring ? line.Revenue : 0.0),
            FieldValue.Of(isRecurring ? line.Cost : 0.0),
            isRecurring ? FieldValue.Date(opportunities.Close(key.Position)) : FieldValue.Null,
            cycle is { } every ? FieldValue.Reference(every) : FieldValue.Null,
            isRecurring ? FieldValue.Of("StartDate") : FieldValue.Null,
            FieldValue.Of(isRecurring ? 12 : 0),
            FieldValue.Of(isRecurring),
            FieldValue.Of(place + 1.0),
            FieldValue.Of(line.Item is not null),
            Info(key.Position));
    }

    private static FieldValue Sum(int id, Line[] lines, string type) =>
        Revenue(id, Round(lines.Where(l => l.Type == type).Sum(l => l.Revenue)), Round(lines.Where(l => l.Type == type).Sum(l => l.Cost)));

    private FieldValue Info(int index) =>
        FieldValue.Inline(FieldValue.Date(opportunities.LastUpdated(index)), FieldValue.Of(opportunities.Author(index)));

    private static FieldValue Revenue(int id, double revenue, double cost) => FieldValue.Inline(
        FieldValue.Of(id), FieldValue.Of(revenue), FieldValue.Of(cost), FieldValue.Of(Round(revenue - cost)),
        FieldValue.Of(revenue == 0 ? 0 : Round((revenue - cost) / revenue * 100)));

    private static string Shortened(string text) => text.Length <= 50 ? text : text[..50];

    private static double Round(double amount) => Math.Round(amount, 2);
}
