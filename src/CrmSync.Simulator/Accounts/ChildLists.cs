using CrmSync.Simulator.Accounts.Data;
using CrmSync.Simulator.Records;

namespace CrmSync.Simulator.Accounts;

/// <summary>What hangs below one record and has a path of its own.</summary>
internal sealed class ChildLists
{
    private readonly AccountModel _model;
    private readonly RecordDefinition _communication;
    private readonly RecordDefinition _forecast;
    private readonly RecordDefinition _forecastItem;
    private readonly RecordDefinition _note;

    public ChildLists(AccountModel model)
    {
        _model = model;
        var to = new References(model);
        CompanyTypes = new TypeAssociations(model[SimulatedList.Company], "company", to.Company(), to.CompanyType());
        ContactTypes = new TypeAssociations(model[SimulatedList.Contact], "contact", to.Contact(), to.ContactType());
        _forecast = new RecordDefinition("Forecast", ForecastFields.Forecast(to));
        _forecastItem = new RecordDefinition("Forecast Item", ForecastFields.Item(to));
        _note = new RecordDefinition("Opportunity Note", ForecastFields.Note(to));
        _communication = new RecordDefinition(
            "Contact Communication",
            Field.Member("id", FieldKind.Integer),
            Field.Member("contactId", FieldKind.Integer),
            Field.Member("type", FieldKind.Reference, to.CommunicationType()),
            Field.Member("value", FieldKind.Text),
            Field.Member("extension", FieldKind.Text),
            Field.Member("defaultFlag", FieldKind.Boolean),
            Field.Member("domain", FieldKind.Text),
            new FieldDefinition("communicationType", FieldKind.Text, _ => default) { AllowedValues = Enumerations.CommunicationKind },
            new FieldDefinition("_info", FieldKind.Object, _ => default));
    }

    public TypeAssociations CompanyTypes { get; }

    public TypeAssociations ContactTypes { get; }

    public StoredRecords Communications(RecordKey contact) => new(
        _communication,
        [.. Rows(SimulatedList.Contact, contact, "communicationItems").Select(item => CommunicationRow(contact.Id, item))]);

    /// <summary>The one forecast of an opportunity, as the list that ConnectWise shows it in.</summary>
    public StoredRecords Forecast(RecordKey opportunity)
    {
        var forecast = ForecastOf(opportunity);
        return new StoredRecords(_forecast, forecast.IsNull ? [] : [forecast.Items]);
    }

    public StoredRecords ForecastItems(RecordKey opportunity)
    {
        var forecast = ForecastOf(opportunity);
        var items = forecast.IsNull ? FieldValue.Null : forecast.Items[1];
        return new StoredRecords(_forecastItem, items.IsNull ? [] : [.. items.Items.Select(i => i.Items)]);
    }

    public StoredRecords Notes(RecordKey opportunity) =>
        new(_note, [.. Rows(SimulatedList.Opportunity, opportunity, OpportunityGenerator.NoteRows)]);

    private static FieldValue[] CommunicationRow(int contact, FieldValue[] item) =>
        [item[0], FieldValue.Of(contact), .. item[1..], FieldValue.Inline()];

    private FieldValue ForecastOf(RecordKey opportunity)
    {
        var list = _model[SimulatedList.Opportunity];
        return list.Read(opportunity, list.Definition.Find(OpportunityGenerator.Forecast)!);
    }

    private IEnumerable<FieldValue[]> Rows(SimulatedList name, RecordKey parent, string field)
    {
        var list = _model[name];
        var value = list.Read(parent, list.Definition.Find(field)!);
        return value.IsNull ? [] : value.Items.Select(i => i.Items);
    }
}
