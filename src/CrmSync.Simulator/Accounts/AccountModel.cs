using CrmSync.Simulator.Records;

namespace CrmSync.Simulator.Accounts;

/// <summary>How many records of each generated list the account was born with.</summary>
internal sealed record AccountSize(int Companies, int Contacts, int CatalogItems, int Activities, int Opportunities, int Members);

/// <summary>All lists of one account. The generators reach each other's records through it.</summary>
internal sealed class AccountModel
{
    private readonly RecordList[] _lists = new RecordList[Enum.GetValues<SimulatedList>().Length];

    public AccountModel(int seed, AccountSize size)
    {
        Seed = seed;
        Size = size;
        CompanyIds = Ids(seed, SimulatedList.Company, 250, size.Companies);
        ContactIds = Ids(seed, SimulatedList.Contact, 1001, size.Contacts);
        CatalogIds = Ids(seed, SimulatedList.CatalogItem, 12, size.CatalogItems);
        ActivityIds = Ids(seed, SimulatedList.Activity, 5003, size.Activities);
        OpportunityIds = Ids(seed, SimulatedList.Opportunity, 301, size.Opportunities);
        MemberIds = Ids(seed, SimulatedList.Member, 140, size.Members);

        SetupLists.AddTo(this);
        Companies = new CompanyGenerator(this);
        Contacts = new ContactGenerator(this);
        Members = new MemberGenerator(this);
        Catalog = new CatalogGenerator(this);
        Opportunities = new OpportunityGenerator(this);
        Add(SimulatedList.Company, Companies.List);
        Add(SimulatedList.Contact, Contacts.List);
        Add(SimulatedList.Member, Members.List);
        Add(SimulatedList.CatalogItem, Catalog.List);
        Add(SimulatedList.Opportunity, Opportunities.List);
        Add(SimulatedList.Activity, new ActivityGenerator(this).List);
    }

    public int Seed { get; }

    public AccountSize Size { get; }

    public GappedIds CompanyIds { get; }

    public GappedIds ContactIds { get; }

    public GappedIds CatalogIds { get; }

    public GappedIds ActivityIds { get; }

    public GappedIds OpportunityIds { get; }

    public GappedIds MemberIds { get; }

    public CompanyGenerator Companies { get; }

    public ContactGenerator Contacts { get; }

    public MemberGenerator Members { get; }

    public CatalogGenerator Catalog { get; }

    public OpportunityGenerator Opportunities { get; }

    public RecordList this[SimulatedList list] => _lists[(int)list];

    public void Add(SimulatedList name, RecordList list) => _lists[(int)name] = list;

    public Draws DrawsFor(SimulatedList list) => Draws.For(Seed, list.ToString());

    /// <summary>A member of the record as text, empty when the record or the member is not there.</summary>
    public string TextOf(SimulatedList list, int id, string field)
    {
        var source = this[list];
        if (!source.TryFind(id, out var key) || source.Definition.Find(field) is not { } definition)
        {
            return "";
        }

        var value = source.Read(key, definition);
        return value.Kind == ValueKind.Text ? value.Text : "";
    }

    /// <summary>The name of some member who changed a record.</summary>
    public string Author(Draws draws, int index, int purpose) =>
        Size.Members == 0 ? "Admin1" : Members.Identifier(draws.Below(index, purpose, Size.Members));

    private static GappedIds Ids(int seed, SimulatedList list, int first, int count) =>
        new(Draws.For(seed, list + " ids"), first, count);
}
