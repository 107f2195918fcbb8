using CrmSync.Simulator.Accounts.Data;
using CrmSync.Simulator.Records;

namespace CrmSync.Simulator.Accounts;

/// <summary>The account's contacts. The first ones are the default contacts of the companies in order; the rest belong to any.</summary>
internal sealed class ContactGenerator
{
    private readonly Draws _draws;
    private readonly AccountModel _model;
    private readonly ContactCommunications _communications;

    public ContactGenerator(AccountModel model)
    {
        _model = model;
        _draws = model.DrawsFor(SimulatedList.Contact);
        _communications = new ContactCommunications(model, this, _draws);
        List = new RecordList(Definition(new References(model)), model.ContactIds);
    }

    private enum Purpose
    {
        Company = 1, CompanyIndex, Dangling, Person, Person2, Person3, WithoutLast, Inactive, Title, Typed, Types, Second, Relationship, Department,
        Married, Children, Portal, Gender, Guid, Author, Nick, Billing,
        Blemish = 60,
    }

    public RecordList List { get; }

    public ContactCommunications Communications => _communications;

    public string FirstName(int index) => Wording.Blemish(Wording.Person(_draws, index, (int)Purpose.Person).First, _draws, index, (int)Purpose.Blemish);

    /// <summary>The last name, or null: some contacts were entered with one name only.</summary>
    public string? LastName(int index) =>
        _draws.Chance(index, (int)Purpose.WithoutLast, Shares.ContactWithoutLastName) ? null : Wording.Person(_draws, index, (int)Purpose.Person).Last;

    /// <summary>The index of the contact's company; null without a company and when its company is gone.</summary>
    public int? CompanyIndex(int index)
    {
        if (_model.Size.Companies == 0 || _draws.Chance(index, (int)Purpose.Company, Shares.ContactWithoutCompany) || IsDangling(index))
        {
            return null;
        }

        return index < _model.Size.Companies ? index : _draws.Below(index, (int)Purpose.CompanyIndex, _model.Size.Companies);
    }

    /// <summary>The id of the company's default contact, or null.</summary>
    public int? DefaultOf(int company) => company < _model.Size.Contacts && CompanyIndex(company) == company ? _model.ContactIds.IdAt(company) : null;

    /// <summary>The id of the contact's company, which may name a company that no longer exists.</summary>
    public int? CompanyId(int index) => IsDangling(index) ? _model.CompanyIds.MissingNear(_draws.Below(index, (int)Purpose.CompanyIndex, _model.Size.Companies))
        : CompanyIndex(index) is { } company ? _model.CompanyIds.IdAt(company) : null;

    public long LastUpdated(int index) => AccountClock.LastUpdated(_draws, index);

    private bool IsDangling(int index) => _model.Size.Companies > 0 && _draws.Chance(index, (int)Purpose.Dangling, Shares.ContactOfDeletedCompanyRecord)
        && !_draws.Chance(index, (int)Purpose.Company, Shares.ContactWithoutCompany);

    private RecordDefinition Definition(References to) => new(
        "Contact",
        [
            Field.Integer("id", k => k.Id),
            Field.Text("firstName", k => FirstName(k.Position)),
            Field.Text("lastName", k => LastName(k.Position)),
            Field.Reference("company", to.Company(), k => CompanyId(k.Position)),
            Field.Reference("site", References.Fixed("Main"), k => CompanyId(k.Position) is { } company ? 1000 + company : null),
            Field.Text("addressLine1", _ => null),
            Field.Text("addressLine2", _ => null),
            Field.Text("city", k => Place(k.Position)?.City),
            Field.Text("state", k => Place(k.Position) is { State.Length: > 0 } place ? place.State : null),
            Field.Text("zip", k => Place(k.Position)?.Zip),
            Field.Reference("country", to.Country(), k => Place(k.Position)?.Country),
            Field.Reference("relationship", to.To(SimulatedList.ContactRelationship, "name", "relationship_href", "company/contacts/relationships/{0}"),
                k => _draws.Below(k.Position, (int)Purpose.Relationship, 5) is var id and > 1 and < 4 ? id : null),
            Field.Text("relationshipOverride", k => _draws.Below(k.Position, (int)Purpose.Relationship, 9) == 0 ? "" : null),
            Field.Reference("department", to.To(SimulatedList.ContactDepartment, "name", "department_href", "company/contacts/departments/{0}"),
                k => _draws.Below(k.Position, (int)Purpose.Department, 12) is var id and > 0 and < 6 ? id : null),
            Field.Flag("inactiveFlag", k => _draws.Chance(k.Position, (int)Purpose.Inactive, Shares.ContactInactive)),
            Field.Text("title", k => _draws.Below(k.Position, (int)Purpose.Title, 4) == 0 ? null : _draws.Pick(k.Position, (int)Purpose.Title, Names.Titles)),
            Field.Text("nickName", k => null),
            Field.Flag("marriedFlag", k => _draws.Chance(k.Position, (int)Purpose.Married, 0.1)),
            Field.Flag("childrenFlag", k => _draws.Chance(k.Position, (int)Purpose.Children, 0.1)),
            Field.Integer("portalSecurityLevel", k => _draws.Between(k.Position, (int)Purpose.Portal, 1, 6)),
            Field.Flag("disablePortalLoginFlag", k => _draws.Chance(k.Position, (int)Purpose.Portal, 0.9)),
            Field.Flag("unsubscribeFlag", k => _draws.Chance(k.Position, (int)Purpose.Portal, 0.04)),
            Field.Choice("gender", Enumerations.Gender, k => _draws.Chance(k.Position, (int)Purpose.Gender, 0.2)
                ? _draws.Pick(k.Position, (int)Purpose.Gender, Enumerations.Gender) : null),
            Field.Text("mobileGuid", k => _draws.Guid(k.Position, (int)Purpose.Guid)),
            Field.Text("defaultPhoneType", k => _communications.DefaultPhone(k)?.Type),
            Field.Text("defaultPhoneNbr", k => _communications.DefaultPhone(k)?.Number),
            Field.Text("defaultPhoneExtension", k => _communications.DefaultPhone(k)?.Extension),
            Field.Flag("defaultBillingFlag", k => _draws.Chance(k.Position, (int)Purpose.Billing, 0.05)),
            Field.Flag("defaultFlag", k => k.Position < _model.Size.Companies && CompanyIndex(k.Position) == k.Position),
            Field.Reference("companyLocation", to.Location(), k => CompanyIndex(k.Position) is null ? null : 2),
            Field.Objects("communicationItems", ContactCommunications.Members(to), _communications.Items, isChild: true),
            Field.References("types", to.ContactType(), Types),
            UserDefinedFields.ValuesOf(SimulatedList.Contact, _draws),
            Field.Flag("ignoreDuplicates", false),
            .. InfoFields.For(() => List, LastUpdated, i => _model.Author(_draws, i, (int)Purpose.Author), Links.Contact),
        ]);

    private Place? Place(int index) => CompanyIndex(index) is { } company ? _model.Companies.Place(company) : null;

    private FieldValue Types(RecordKey key)
    {
        if (!_draws.Chance(key.Position, (int)Purpose.Typed, Shares.ContactTyped))
        {
            return FieldValue.Array();
        }

        int[] ids = [1, 2, 3, 3, 3, 4, 6, 8];
        var first = _draws.Pick(key.Position, (int)Purpose.Types, ids);
        return _draws.Chance(key.Position, (int)Purpose.Second, Shares.ContactWithSecondType)
            ? FieldValue.Array(FieldValue.Reference(first), FieldValue.Reference(first == 2 ? 6 : 2))
            : FieldValue.Array(FieldValue.Reference(first));
    }
}
