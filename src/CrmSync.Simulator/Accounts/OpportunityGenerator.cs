using CrmSync.Simulator.Accounts.Data;
using CrmSync.Simulator.Records;

namespace CrmSync.Simulator.Accounts;

/// <summary>The account's opportunities; what hangs below them is made by <see cref="ForecastGenerator"/>.</summary>
internal sealed class OpportunityGenerator
{
    public const string Forecast = "forecast";
    public const string NoteRows = "opportunityNotes";

    private readonly Draws _draws;
    private readonly AccountModel _model;
    private readonly ForecastGenerator _forecasts;

    public OpportunityGenerator(AccountModel model)
    {
        _model = model;
        _draws = model.DrawsFor(SimulatedList.Opportunity);
        _forecasts = new ForecastGenerator(model, this, _draws);
        List = new RecordList(Definition(new References(model)), model.OpportunityIds);
    }

    private enum Purpose
    {
        Contact = 1, Project, Close, Type, Stage, Status, Rating, Source, Sales, SalesMissing, Second, Notes, NotesText, Dangling, Guid, Author, Lead,
        Probability, Blemish = 60,
    }

    public RecordList List { get; }

    public int Status(int index) => _draws.Below(index, (int)Purpose.Status, 20) switch { < 9 => 1, < 14 => 2, < 18 => 3, 18 => 4, _ => 8 };

    public long Close(int index) => AccountClock.DayBefore(_draws, index, (int)Purpose.Close, 900) + (180 * AccountClock.Day);

    public long LastUpdated(int index) => AccountClock.LastUpdated(_draws, index);

    public string Author(int index) => _model.Author(_draws, index, (int)Purpose.Author);

    private RecordDefinition Definition(References to) => new(
        "Opportunity",
        [
            Field.Integer("id", k => k.Id),
            Field.Text("name", k => Wording.Blemish(_draws.Pick(k.Position, (int)Purpose.Project, Names.Projects), _draws, k.Position, (int)Purpose.Blemish)),
            Field.Date("expectedCloseDate", k => Close(k.Position)),
            Field.Reference("type", to.To(SimulatedList.OpportunityType, "description", "type_href", "sales/opportunities/types/{0}"),
                k => _draws.Below(k.Position, (int)Purpose.Type, 12) switch { < 5 => 1, < 7 => 2, < 9 => 3, 9 => 4, 10 => 6, _ => null }),
            Field.Reference("stage", to.To(SimulatedList.SalesStage, "name", "stage_href", "sales/stages/{0}"),
                k => _draws.Between(k.Position, (int)Purpose.Stage, 1, 5)),
            Field.Reference("status", to.To(SimulatedList.OpportunityStatus, "name", "status_href", "sales/opportunities/statuses/{0}"),
                k => Status(k.Position)),
            Field.Text("notes", k => _draws.Chance(k.Position, (int)Purpose.Notes, Shares.OpportunityWithNotesText)
                ? _draws.Pick(k.Position, (int)Purpose.NotesText, Names.NoteTexts) : null),
            Field.Reference("probability", SetupLists.Probability(_model), k => _draws.Between(k.Position, (int)Purpose.Probability, 1, 7)),
            Field.Text("source", k => _draws.Pick(k.Position, (int)Purpose.Source, Names.Sources)),
            Field.Reference("rating", to.To(SimulatedList.OpportunityRating, "name", "rating_href", "sales/opportunities/ratings/{0}"),
                k => _draws.Below(k.Position, (int)Purpose.Rating, 4) is var rating and > 0 ? rating : null),
            Field.Reference("primarySalesRep", to.Member(), k => _draws.Chance(k.Position, (int)Purpose.SalesMissing, Shares.OpportunityWithoutSalesperson)
                ? null : Member(k.Position, Purpose.Sales)),
            Field.Reference("secondarySalesRep", to.Member(), k => _draws.Below(k.Position, (int)Purpose.Second, 5) == 0
                ? Member(k.Position, Purpose.Second) : null),
            Field.Integer("locationId", _ => 2),
            Field.Integer("businessUnitId", _ => 2),
            Field.Reference("company", to.Company(), k => CompanyId(k.Position)),
            Field.Reference("contact", to.Contact(), k => ContactId(k.Position)),
            Field.Reference("site", References.Fixed("Main"), k => CompanyId(k.Position) is { } company ? 1000 + company : null),
            Field.Text("customerPO", _ => null),
            Field.Date("pipelineChangeDate", k => AccountClock.DayBefore(_draws, k.Position, (int)Purpose.Lead, 400)),
            Field.Date("dateBecameLead", k => AccountClock.DayBefore(_draws, k.Position, (int)Purpose.Lead, 900)),
            Field.Date("closedDate", k => Status(k.Position) is 1 or 8 ? null : AccountClock.DayBefore(_draws, k.Position, (int)Purpose.Close, 300)),
            Field.Reference("closedBy", to.Member(), k => Status(k.Position) is 1 or 8 ? null : Member(k.Position, Purpose.Sales)),
            Field.Number("totalSalesTax", _ => 0),
            Field.Reference("shipToCompany", to.Company(), k => CompanyId(k.Position)),
            Field.Reference("billToCompany", to.Company(), k => CompanyId(k.Position)),
            Field.Integer("companyLocationId", _ => 2),
            .. InfoFields.For(() => List, LastUpdated, Author, Links.Opportunity),
            UserDefinedFields.ValuesOf(SimulatedList.Opportunity, _draws),
            Field.Hidden(Forecast, FieldKind.Object, ForecastFields.Forecast(to), _forecasts.Forecast),
            Field.Hidden(NoteRows, FieldKind.Array, ForecastFields.Note(to), _forecasts.Notes),
        ]);

    /// <summary>The company is the contact's, so that the two always agree; contacts without one are passed over where possible.</summary>
    private int ContactIndex(int index)
    {
        var contact = _draws.Below(index, (int)Purpose.Contact, _model.Size.Contacts);
        for (var tries = 0; tries < 20 && _model.Contacts.CompanyIndex(contact) is null; tries++)
        {
            contact = (contact + 1) % _model.Size.Contacts;
        }

        return contact;
    }

    private int? ContactId(int index) => _model.Size.Contacts == 0 ? null
        : _draws.Chance(index, (int)Purpose.Dangling, Shares.OpportunityOfDeletedContact) ? _model.ContactIds.MissingNear(ContactIndex(index))
        : _model.ContactIds.IdAt(ContactIndex(index));

    private int? CompanyId(int index) => _model.Size.Contacts == 0 ? null : _model.Contacts.CompanyId(ContactIndex(index));

    private int? Member(int index, Purpose purpose) =>
        _model.Size.Members == 0 ? null : _model.MemberIds.IdAt(_draws.Below(index, (int)purpose, _model.Size.Members));
}
