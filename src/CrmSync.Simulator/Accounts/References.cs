using CrmSync.Simulator.Records;

namespace CrmSync.Simulator.Accounts;

/// <summary>
/// The members that a reference to each list shows. Names are read when they are written, so that a renamed record is shown under its
/// new name everywhere, and one that is gone keeps an id and a name.
/// </summary>
internal sealed class References(AccountModel model)
{
    public FieldDefinition[] Company() =>
    [
        Id(),
        Field.Text("identifier", k => Named(SimulatedList.Company, k.Id, "identifier")),
        Field.Text("name", k => Named(SimulatedList.Company, k.Id, "name")),
        Info("company_href", "company/companies/{0}"),
    ];

    public FieldDefinition[] Contact() =>
        [Id(), Field.Text("name", k => ContactName(k.Id)), Info("contact_href", "company/contacts/{0}")];

    public FieldDefinition[] Member() =>
    [
        Id(),
        Field.Text("identifier", k => Named(SimulatedList.Member, k.Id, "identifier")),
        Field.Text("name", k => MemberName(k.Id)),
        Info("member_href", "system/members/{0}"),
    ];

    public FieldDefinition[] Opportunity() => To(SimulatedList.Opportunity, "name", "opportunity_href", "sales/opportunities/{0}");

    public FieldDefinition[] CatalogItem() =>
        [Id(), Field.Text("identifier", k => Named(SimulatedList.CatalogItem, k.Id, "identifier")), Info("catalog_href", "procurement/catalog/{0}")];

    public FieldDefinition[] Country() =>
    [
        Id(),
        Field.Text("identifier", k => Named(SimulatedList.Country, k.Id, "countryCode")),
        Field.Text("name", k => Named(SimulatedList.Country, k.Id, "name")),
        Info("country_href", "company/countries/{0}"),
    ];

    public FieldDefinition[] Department() =>
    [
        Id(),
        Field.Text("identifier", k => Named(SimulatedList.Department, k.Id, "identifier")),
        Field.Text("name", k => Named(SimulatedList.Department, k.Id, "name")),
        Info("department_href", "system/departments/{0}"),
    ];

    public FieldDefinition[] CompanyType() => To(SimulatedList.CompanyType, "name", "type_href", "company/companies/types/{0}");

    public FieldDefinition[] CompanyStatus() => To(SimulatedList.CompanyStatus, "name", "status_href", "company/companies/statuses/{0}");

    public FieldDefinition[] ContactType() => To(SimulatedList.ContactType, "description", "type_href", "company/contacts/types/{0}");

    public FieldDefinition[] CommunicationType() =>
        To(SimulatedList.CommunicationType, "description", "type_href", "company/communicationTypes/{0}");

    public FieldDefinition[] Location() => To(SimulatedList.Location, "name", "location_href", "system/locations/{0}");

    public FieldDefinition[] NoteType() => To(SimulatedList.NoteType, "name", "noteType_href", "company/noteTypes/{0}");

    /// <summary>Id, name and link, where the name is the text of one field of the list.</summary>
    public FieldDefinition[] To(SimulatedList list, string nameField, string linkName, string linkPath) =>
        [Id(), Field.Text("name", k => Named(list, k.Id, nameField)), Info(linkName, linkPath)];

    /// <summary>A reference to something that the simulator keeps no list of.</summary>
    public static FieldDefinition[] Fixed(string name) =>
        [Id(), Field.Text("name", _ => name), new FieldDefinition("_info", FieldKind.Object, FieldValue.Keyed)];

    private static FieldDefinition Id() => Field.Integer("id", k => k.Id);

    private static FieldDefinition Info(string name, string path) => new("_info", FieldKind.Object, FieldValue.Keyed, Field.Link(name, path));

    private string Named(SimulatedList list, int id, string field) =>
        model[list].TryFind(id, out _) ? model.TextOf(list, id, field) : $"{model[list].Definition.Title} {id}";

    private string ContactName(int id)
    {
        if (!model[SimulatedList.Contact].TryFind(id, out _))
        {
            var (first, last) = Wording.Person(model.DrawsFor(SimulatedList.Contact), id, 1);
            return $"{first} {last}";
        }

        return $"{model.TextOf(SimulatedList.Contact, id, "firstName")} {model.TextOf(SimulatedList.Contact, id, "lastName")}".TrimEnd();
    }

    private string MemberName(int id) => model[SimulatedList.Member].TryFind(id, out _)
        ? $"{model.TextOf(SimulatedList.Member, id, "firstName")} {model.TextOf(SimulatedList.Member, id, "lastName")}"
        : $"Former Member {id}";
}
