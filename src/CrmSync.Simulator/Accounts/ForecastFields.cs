using CrmSync.Simulator.Accounts.Data;
using CrmSync.Simulator.Records;

namespace CrmSync.Simulator.Accounts;

/// <summary>The members of a forecast, of its lines and of an opportunity's notes.</summary>
internal static class ForecastFields
{
    public static FieldDefinition[] Forecast(References to) =>
    [
        Field.Member("id", FieldKind.Integer),
        new FieldDefinition("forecastItems", FieldKind.Array, _ => default, Item(to)) { ElementKind = FieldKind.Object },
        Revenue("productRevenue"),
        Revenue("serviceRevenue"),
        Revenue("agreementRevenue"),
        Revenue("forecastRevenueTotals"),
        Revenue("inclusiveRevenueTotals"),
        Field.Member("recurringTotal", FieldKind.Number),
        Revenue("wonRevenue"),
        Revenue("lostRevenue"),
        Revenue("openRevenue"),
        Revenue("otherRevenue1"),
        Field.Member("salesTaxRevenue", FieldKind.Number),
        Field.Member("forecastTotalWithTaxes", FieldKind.Number),
        Field.Member("expectedProbability", FieldKind.Integer),
        InfoFields.Stored(),
    ];

    public static FieldDefinition[] Item(References to) =>
    [
        Field.Member("id", FieldKind.Integer),
        Field.Member("forecastDescription", FieldKind.Text),
        Field.Member("opportunity", FieldKind.Reference, to.Opportunity()),
        Field.Member("quantity", FieldKind.Number),
        Field.Member("status", FieldKind.Reference, to.To(SimulatedList.OpportunityStatus, "name", "status_href", "sales/opportunities/statuses/{0}")),
        Field.Member("catalogItem", FieldKind.Reference, to.CatalogItem()),
        Field.Member("productDescription", FieldKind.Text),
        Field.Member("productClass", FieldKind.Text),
        Field.Member("revenue", FieldKind.Number),
        Field.Member("cost", FieldKind.Number),
        Field.Member("margin", FieldKind.Number),
        Field.Member("percentage", FieldKind.Integer),
        Field.Member("includeFlag", FieldKind.Boolean),
        new FieldDefinition("forecastType", FieldKind.Text, _ => default) { AllowedValues = Enumerations.ForecastType },
        Field.Member("linkFlag", FieldKind.Boolean),
        Field.Member("recurringRevenue", FieldKind.Number),
        Field.Member("recurringCost", FieldKind.Number),
        Field.Member("recurringDateStart", FieldKind.Date),
        Field.Member("billCycle", FieldKind.Reference, to.To(SimulatedList.BillingCycle, "name", "billCycle_href", "finance/billingCycles/{0}")),
        Field.Member("cycleBasis", FieldKind.Text),
        Field.Member("cycles", FieldKind.Integer),
        Field.Member("recurringFlag", FieldKind.Boolean),
        Field.Member("sequenceNumber", FieldKind.Number),
        Field.Member("taxableFlag", FieldKind.Boolean),
        InfoFields.Stored(),
    ];

    public static FieldDefinition[] Note(References to) =>
    [
        Field.Member("id", FieldKind.Integer),
        Field.Member("opportunityId", FieldKind.Integer),
        Field.Member("type", FieldKind.Reference, to.NoteType()),
        Field.Member("text", FieldKind.Text),
        Field.Member("flagged", FieldKind.Boolean),
        Field.Member("enteredBy", FieldKind.Text),
        InfoFields.Stored(),
    ];

    private static FieldDefinition Revenue(string name) => Field.Member(
        name,
        FieldKind.Object,
        Field.Member("id", FieldKind.Integer),
        Field.Member("revenue", FieldKind.Number),
        Field.Member("cost", FieldKind.Number),
        Field.Member("margin", FieldKind.Number),
        Field.Member("percentage", FieldKind.Number));
}
