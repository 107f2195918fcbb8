using System.Globalization;
using CrmSync.Simulator.Accounts.Data;
using CrmSync.Simulator.Records;

namespace CrmSync.Simulator.Accounts;

/// <summary>The product catalog: hardware, licences, labour and recurring services.</summary>
internal sealed class CatalogGenerator
{
    private readonly Draws _draws;

    public CatalogGenerator(AccountModel model)
    {
        _draws = model.DrawsFor(SimulatedList.CatalogItem);
        List = new RecordList(Definition(new References(model)), model.CatalogIds);
    }

    private enum Purpose
    {
        Product = 1, SubCategory, Type, Inactive, Price, Margin, Recurring, Cycle, OneTime, Guid, Author, Maker, Taxable, Manual,
        Blemish = 60,
    }

    public RecordList List { get; }

    public string Identifier(int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{Wording.Ascii(Product(index))[..3].ToUpperInvariant()}-{index:00000}");

    public string Description(int index) =>
        Wording.Blemish(string.Create(CultureInfo.InvariantCulture, $"{Product(index)} {(char)('A' + (index % 26))}{index % 97}"), _draws, index,
            (int)Purpose.Blemish);

    public double Price(int index) => _draws.Between(index, (int)Purpose.Price, 5, 4000) + (_draws.Below(index, (int)Purpose.Manual, 4) * 0.25) + 0.99;

    public double Cost(int index) => Math.Round(Price(index) * _draws.Between(index, (int)Purpose.Margin, 40, 90) / 100, 2);

    public bool IsRecurring(int index) => _draws.Chance(index, (int)Purpose.Recurring, Shares.CatalogRecurring);

    /// <summary>The billing cycle, or null for what is sold once.</summary>
    public int? Cycle(int index) => !IsRecurring(index) ? null : _draws.Below(index, (int)Purpose.Cycle, 10) switch
    {
        < 6 => BillingCycles.Monthly,
        < 9 => BillingCycles.Annual,
        _ => BillingCycles.Quarterly,
    };

    public long LastUpdated(int index) => AccountClock.LastUpdated(_draws, index);

    /// <summary>The category that each subcategory of the set-up table belongs to.</summary>
    private static readonly (int SubCategory, int Category)[] SubCategories = [(1, 1), (2, 1), (3, 1), (4, 2), (5, 2), (7, 3), (8, 3), (11, 5)];

    private RecordDefinition Definition(References to) => new(
        "Catalog Item",
        [
            Field.Integer("id", k => k.Id),
            Field.Text("identifier", k => Identifier(k.Position)),
            Field.Text("description", k => Description(k.Position)),
            Field.Flag("inactiveFlag", k => _draws.Chance(k.Position, (int)Purpose.Inactive, Shares.CatalogInactive)),
            Field.Reference("subcategory", to.To(SimulatedList.ProductSubCategory, "name", "subcategory_href", "procurement/subcategories/{0}"),
                k => SubCategory(k.Position).SubCategory),
            Field.Reference("type", to.To(SimulatedList.ProductType, "name", "type_href", "procurement/types/{0}"), k => Type(k.Position)),
            Field.Choice("productClass", Enumerations.ProductClass,
                k => Type(k.Position) switch { 1 => "Inventory", 2 => "NonInventory", 4 => "Agreement", _ => "Service" }),
            Field.Flag("serializedFlag", k => Type(k.Position) == 1 && k.Position % 5 == 0),
            Field.Number("price", k => Price(k.Position)),
            Field.Number("cost", k => Cost(k.Position)),
            Field.Flag("taxableFlag", k => _draws.Chance(k.Position, (int)Purpose.Taxable, 0.6)),
            Field.Text("customerDescription", k => $"{Product(k.Position)} as agreed."),
            Field.Reference("manufacturer", to.To(SimulatedList.Manufacturer, "name", "manufacturer_href", "procurement/manufacturers/{0}"),
                k => Type(k.Position) == 1 ? _draws.Between(k.Position, (int)Purpose.Maker, 1, Names.Manufacturers.Length) : null),
            Field.Text("manufacturerPartNumber", k => Type(k.Position) == 1 ? string.Create(CultureInfo.InvariantCulture, $"MP{k.Position:000000}") : null),
            Field.Text("vendorSku", k => k.Position % 4 == 0 ? string.Create(CultureInfo.InvariantCulture, $"V-{k.Position}") : null),
            Field.Text("notes", _ => null),
            Field.Text("integrationXRef", _ => null),
            Field.Flag("recurringFlag", k => IsRecurring(k.Position)),
            Field.Number("recurringRevenue", k => IsRecurring(k.Position) ? Price(k.Position) : null),
            Field.Number("recurringCost", k => IsRecurring(k.Position) ? Cost(k.Position) : null),
            Field.Flag("recurringOneTimeFlag", k => IsRecurring(k.Position) && _draws.Chance(k.Position, (int)Purpose.OneTime, Shares.CatalogOneTimeRecurring)),
            Field.Reference("recurringBillCycle", to.To(SimulatedList.BillingCycle, "name", "billCycle_href", "finance/billingCycles/{0}"),
                k => Cycle(k.Position)),
            Field.Choice("recurringCycleType", Enumerations.CycleType, k => IsRecurring(k.Position) ? "ContractYear" : null),
            Field.Reference("category", to.To(SimulatedList.ProductCategory, "name", "category_href", "procurement/categories/{0}"),
                k => SubCategory(k.Position).Category),
            Field.Choice("billableOption", Enumerations.BillableOption, _ => "Billable"),
            Field.Text("connectWiseID", k => _draws.Guid(k.Position, (int)Purpose.Guid)),
            .. InfoFields.For(() => List, LastUpdated, _ => "Admin1", Links.CatalogItem),
            UserDefinedFields.ValuesOf(SimulatedList.CatalogItem, _draws),
        ]);

    private string Product(int index) => _draws.Pick(index, (int)Purpose.Product, Names.Products);

    private (int SubCategory, int Category) SubCategory(int index) => _draws.Pick(index, (int)Purpose.SubCategory, SubCategories);

    private int Type(int index) => IsRecurring(index) ? (index % 3 == 0 ? 2 : 4)
        : SubCategory(index).Category switch { 2 => 1, 3 => 2, _ => index % 41 == 0 ? 6 : 3 };
}
