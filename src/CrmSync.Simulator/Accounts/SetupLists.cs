using CrmSync.Simulator.Accounts.Data;
using CrmSync.Simulator.Records;

namespace CrmSync.Simulator.Accounts;

/// <summary>The set-up tables of every account: small, the same whatever the seed, and changeable like any list.</summary>
internal static class SetupLists
{
    public static void AddTo(AccountModel model)
    {
        var references = new References(model);
        AddCompanyTables(model);
        AddProcurementTables(model, references);
        AddSalesTables(model);
        AddSystemTables(model);
    }

    private static void AddCompanyTables(AccountModel model)
    {
        model.Add(SimulatedList.CompanyType, SetupTable.Build(
            "Company Type",
            [Text("name"), Flag("defaultFlag"), Flag("vendorFlag"), Flag("serviceAlertFlag")],
            [1, "Client", false, false, false], [2, "Prospect", true, false, false], [3, "Vendor", false, true, false],
            [4, "Former Client", false, false, false], [5, "Partner", false, false, false], [7, "Not Set", false, false, false],
            [9, "Competitor", false, false, false], [12, "Owner", false, false, false]));
        model.Add(SimulatedList.CompanyStatus, SetupTable.Build(
            "Company Status",
            [Text("name"), Flag("defaultFlag"), Flag("inactiveFlag"), Flag("notifyFlag"), Flag("disallowSavingFlag"), Flag("customNoteFlag"),
                Flag("cancelOpenTracksFlag")],
            [CompanyStatuses.Active, "Active", true, false, false, false, false, false],
            [CompanyStatuses.Inactive, "Inactive", false, false, true, false, false, true],
            [CompanyStatuses.NotApproved, "Not Approved", false, false, true, true, true, false],
            [CompanyStatuses.CreditHold, "Credit Hold", false, false, true, false, true, false],
            [13, "Retired", false, true, false, false, false, false]));
        model.Add(SimulatedList.ContactType, SetupTable.Build(
            "Contact Type",
            [Text("description"), Flag("defaultFlag"), Flag("serviceAlertFlag")],
            [1, "Approver", false, false], [2, "Decision Maker", false, false], [3, "End User", true, false], [4, "Billing", false, false],
            [6, "Executive", false, false], [8, "Technical", false, false]));
        model.Add(SimulatedList.ContactRelationship,
            SetupTable.Build("Contact Relationship", [Text("name")], [1, "Support"], [2, "Payments"], [3, "Escalation"]));
        model.Add(SimulatedList.ContactDepartment, SetupTable.Build(
            "Contact Department", [Text("name")], [1, "Administration"], [2, "Finance"], [3, "Sales"], [4, "IT"], [5, "Operations"]));
        model.Add(SimulatedList.CommunicationType, SetupTable.Build(
            "Communication Type",
            [Text("description"), Flag("phoneFlag"), Flag("faxFlag"), Flag("emailFlag"), Flag("defaultFlag")],
            [CommunicationTypes.Email, "Email", false, false, true, true], [CommunicationTypes.Direct, "Direct", true, false, false, true],
            [CommunicationTypes.Fax, "Fax", false, true, false, true], [CommunicationTypes.Cell, "Cell", true, false, false, false],
            [CommunicationTypes.PersonalEmail, "Personal Email", false, false, true, false], [27, "Work Landline", true, false, false, false]));
        model.Add(SimulatedList.Country, SetupTable.Build(
            "Country",
            [Text("name"), Flag("defaultFlag"), Field.Member("currency", FieldKind.Reference, References.Fixed("US Dollars")), Text("dialingPrefix"),
                Text("countryCode")],
            [Places.UnitedStates, "United States", true, 1, "1", "US"], [Places.UnitedKingdom, "United Kingdom", false, 1, "44", "GB"],
            [Places.Germany, "Germany", false, 1, "49", "DE"], [Places.Australia, "Australia", false, 1, "61", "AU"]));
        model.Add(SimulatedList.NoteType, SetupTable.Build(
            "Note Type", [Text("identifier"), Text("name"), Flag("defaultFlag"), Flag("importFlag")], [1, "COMMENTS", "Comments", true, false],
                [2, "SALES", "Sales", false, false]));
    }

    private static void AddProcurementTables(AccountModel model, References references)
    {
        model.Add(SimulatedList.ProductType, SetupTable.Build(
            "Product Type",
            [Text("name"), Flag("inactiveFlag"), Field.Member("typeXref", FieldKind.Text), Flag("defaultFlag")],
            [1, "Hardware", false, "InventoryPart", true], [2, "Software", false, "NonInventoryPart", false], [3, "Service", false, "Service", false],
            [4, "Agreement", false, "Service", false], [6, "Legacy", true, "OtherCharge", false]));
        model.Add(SimulatedList.ProductCategory, SetupTable.Build(
            "Product Category",
            [Text("name"), Flag("inactiveFlag"), Field.Integers("locationIds"), Flag("defaultFlag")],
            [1, "Managed Services", false, FieldValue.Array(), true], [2, "Hardware", false, FieldValue.Array(), false],
            [3, "Software", false, FieldValue.Array(), false], [5, "Professional Services", false, FieldValue.Array(), false]));
        model.Add(SimulatedList.ProductSubCategory, SetupTable.Build(
            "Product Sub Category",
            [Text("name"), Flag("inactiveFlag"), Flag("defaultFlag"),
                Field.Member("category", FieldKind.Reference,
                references.To(SimulatedList.ProductCategory, "name", "category_href", "procurement/categories/{0}"))],
            [1, "Monitoring", false, false, 1], [2, "Backup", false, false, 1], [3, "Security", false, true, 1], [4, "Workstations", false, false, 2],
            [5, "Network", false, false, 2], [7, "Licences", false, false, 3], [8, "Subscriptions", false, false, 3], [11, "Labour", false, false, 5]));
        model.Add(SimulatedList.Manufacturer, SetupTable.Build(
            "Manufacturer", [Text("name"), Flag("inactiveFlag")], [.. Names.Manufacturers.Select((name, i) => new object?[] { i + 1, name, false })]));
        model.Add(SimulatedList.BillingCycle, SetupTable.Build(
            "Billing Cycle",
            [Text("identifier"), Text("name"), Flag("defaultFlag"), Field.Member("billingOptions", FieldKind.Text)],
            [1, "N", "Not Recurring", false, "NotRecurring"], [2, "M", "Monthly", true, "Monthly"], [3, "Q", "Quarterly", false, "Quarterly"],
            [4, "A", "Annual", false, "Yearly"], [6, "S", "Semi-Annual", false, "SemiAnnual"]));
    }

    private static void AddSalesTables(AccountModel model)
    {
        model.Add(SimulatedList.ActivityType, SetupTable.Build(
            "Activity Type",
            [Text("name"), Integer("points"), Flag("defaultFlag"), Flag("inactiveFlag"), Flag("emailFlag"), Flag("memoFlag"), Flag("historyFlag")],
            [1, "Call", 1, true, false, false, false, false], [2, "Appointment", 5, false, false, false, false, false],
            [3, "Email", 1, false, false, true, false, false], [4, "Quote Follow-up", 2, false, false, false, false, false],
            [5, "Note to File", 0, false, false, false, true, false], [7, "Next Step", 1, false, false, false, false, false],
            [9, "History", 0, false, false, false, false, true], [10, "Fax", 0, false, true, false, false, false]));
        model.Add(SimulatedList.ActivityStatus, SetupTable.Build(
            "Activity Status",
            [Text("name"), Flag("defaultFlag"), Flag("inactiveFlag"), Flag("spawnFollowupFlag"), Flag("closedFlag")],
            [1, "Open", true, false, false, false], [2, "Closed", false, false, false, true], [3, "Spawn Follow-up", false, false, true, true]));
        model.Add(SimulatedList.OpportunityType, SetupTable.Build(
            "Opportunity Type", [Text("description"), Flag("inactiveFlag")],
            [1, "New Business", false], [2, "Renewal", false], [3, "Project", false], [4, "Hardware Sale", false], [6, "Old Scheme", true]));
        model.Add(SimulatedList.OpportunityStatus, SetupTable.Build(
            "Opportunity Status",
            [Text("name"), Flag("wonFlag"), Flag("lostFlag"), Flag("closedFlag"), Flag("inactiveFlag"), Flag("defaultFlag"), Text("enteredBy"),
                Field.Member("dateEntered", FieldKind.Date)],
            [1, "Open", false, false, false, false, true, "Admin1", AccountClock.SetupDate],
            [2, "Won", true, false, true, false, false, "Admin1", AccountClock.SetupDate],
            [3, "Lost", false, true, true, false, false, "Admin1", AccountClock.SetupDate],
            [4, "No Decision", false, false, true, false, false, "Admin1", AccountClock.SetupDate],
            [8, "On Hold", false, false, false, true, false, "Admin1", AccountClock.SetupDate]));
        model.Add(SimulatedList.OpportunityRating, SetupTable.Build(
            "Opportunity Rating", [Text("name"), Integer("sortOrder")], [1, "Hot", 1], [2, "Warm", 2], [3, "Cold", 3]));
        model.Add(SimulatedList.SalesProbability, SetupTable.Build(
            "Sales Probability", [Integer("probability")], [1, 0], [2, 10], [3, 25], [4, 50], [5, 75], [6, 90], [7, 100]));
        model.Add(SimulatedList.SalesStage, SetupTable.Build(
            "Opportunity Stage",
            [Text("name"), Field.Member("probability", FieldKind.Reference, Probability(model)), Text("color"), Integer("sequenceNumber")],
            [1, "1. Prospect", 2, "#FFFFFF", 1], [2, "2. Qualification", 3, "#FFFFFF", 2], [3, "3. Quote", 4, "#FFFFFF", 3],
            [4, "4. Negotiation", 5, "#FFFFFF", 4], [5, "5. Close", 6, "#FFFFFF", 5]));
        model.Add(SimulatedList.SalesRole, SetupTable.Build("Role", [Text("name")], [1, "Decision Maker"], [2, "Influencer"]));
    }

    private static void AddSystemTables(AccountModel model)
    {
        model.Add(SimulatedList.MemberType, SetupTable.Build(
            "Member Type", [Text("name"), Flag("inactiveFlag")], [1, "Employee", false], [2, "Contractor", false], [3, "Salesperson", false],
                [5, "Manager", false], [6, "Intern", true]));
        model.Add(SimulatedList.WorkRole, SetupTable.Build(
            "Work Role", [Text("name"), Number("hourlyRate"), Flag("inactiveFlag"), Field.Integers("locationIds")],
            [1, "Engineer", 150.0, false, FieldValue.Array()], [2, "Senior Engineer", 195.5, false, FieldValue.Array()],
            [3, "Sales", 0.0, false, FieldValue.Array()], [4, "Dispatcher", 95.0, false, FieldValue.Array()],
            [7, "Administration", 80.0, false, FieldValue.Array()]));
        model.Add(SimulatedList.Location, SetupTable.Build(
            "Location",
            [Text("name"), Field.Member("structureLevel", FieldKind.Reference, References.Fixed("Location")), Flag("locationFlag"), Flag("clientFlag"),
                Field.Integers("workRoleIds"), Field.Integers("departmentIds")],
            [1, "Corporate", 1, true, false, FieldValue.Array(), FieldValue.Array()],
            [2, "Tampa Office", 1, true, false, FieldValue.Array(), FieldValue.Array()],
            [3, "München", 1, true, false, FieldValue.Array(), FieldValue.Array()], [11, "Remote", 1, true, false, FieldValue.Array(), FieldValue.Array()]));
        model.Add(SimulatedList.Department, SetupTable.Build(
            "Department", [Text("identifier"), Text("name")], [1, "SVC", "Service"], [2, "SALES", "Sales"], [3, "ADMIN", "Administration"],
                [10, "PROJ", "Projects"]));
        model.Add(SimulatedList.UserDefinedField, UserDefinedFields.Build());
    }

    /// <summary>A reference to a probability shows the percentage as its name.</summary>
    internal static FieldDefinition[] Probability(AccountModel model) =>
    [
        Field.Integer("id", k => k.Id),
        Field.Text("name", k => ProbabilityName(model, k.Id)),
        new FieldDefinition("_info", FieldKind.Object, FieldValue.Keyed, Field.Link("probability_href", "sales/probabilities/{0}")),
    ];

    private static string ProbabilityName(AccountModel model, int id)
    {
        var list = model[SimulatedList.SalesProbability];
        return list.TryFind(id, out var key)
            ? list.Read(key, list.Definition.Fields[1]).Integer.ToString(System.Globalization.CultureInfo.InvariantCulture) : "";
    }

    private static FieldDefinition Text(string name) => Field.Member(name, FieldKind.Text);

    private static FieldDefinition Flag(string name) => Field.Member(name, FieldKind.Boolean);

    private static FieldDefinition Integer(string name) => Field.Member(name, FieldKind.Integer);

    private static FieldDefinition Number(string name) => Field.Member(name, FieldKind.Number);
}
