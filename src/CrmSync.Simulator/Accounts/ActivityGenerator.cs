using CrmSync.Simulator.Accounts.Data;
using CrmSync.Simulator.Records;

namespace CrmSync.Simulator.Accounts;

/// <summary>The account's activities: calls, meetings, e-mails, notes and kinds that stand for nothing elsewhere.</summary>
internal sealed class ActivityGenerator
{
    private readonly Draws _draws;
    private readonly AccountModel _model;

    public ActivityGenerator(AccountModel model)
    {
        _model = model;
        _draws = model.DrawsFor(SimulatedList.Activity);
        List = new RecordList(Definition(new References(model)), model.ActivityIds);
    }

    private enum Purpose
    {
        Contact = 1, ContactMissing, ContactGone, Type, TypeMissing, Status, Subject, Notes, NoteText, Start, StartHour, StartQuarter, Length, Member,
        MemberGone,
        AssignedBy, Opportunity, OpportunityIndex, Guid, Author,
        Blemish = 60,
    }

    public RecordList List { get; }

    private RecordDefinition Definition(References to) => new(
        "Activity",
        [
            Field.Integer("id", k => k.Id),
            Field.Text("name", k => Wording.Blemish(_draws.Pick(k.Position, (int)Purpose.Subject, Names.Subjects), _draws, k.Position, (int)Purpose.Blemish)),
            Field.Reference("type", to.To(SimulatedList.ActivityType, "name", "type_href", "sales/activities/types/{0}"), Type),
            Field.Reference("company", to.Company(), k => HasNoContact(k.Position) && k.Position % 2 == 0 ? null : Contact(k.Position) is { } contact
                ? _model.Contacts.CompanyId(contact) : null),
            Field.Reference("contact", to.Contact(), k => ContactId(k.Position)),
            Field.Text("phoneNumber", k => ContactId(k.Position) is { } id ? NullIfEmpty(_model.TextOf(SimulatedList.Contact, id, "defaultPhoneNbr")) : null),
            Field.Text("email", k => Contact(k.Position) is { } contact && !HasNoContact(k.Position)
                ? _model.Contacts.Communications.Mails(contact).FirstOrDefault() : null),
            Field.Reference("status", to.To(SimulatedList.ActivityStatus, "name", "status_href", "sales/activities/statuses/{0}"),
                k => IsClosed(k.Position) ? 2 : 1),
            Field.Reference("opportunity", to.Opportunity(), Opportunity),
            Field.Text("notes", k => _draws.Chance(k.Position, (int)Purpose.Notes, Shares.ActivityWithNotes)
                ? Wording.Blemish(_draws.Pick(k.Position, (int)Purpose.NoteText, Names.NoteTexts), _draws, k.Position, (int)Purpose.Blemish + 10) : null),
            Field.Date("dateStart", k => Start(k.Position)),
            Field.Date("dateEnd", k => End(k.Position)),
            Field.Date("dateEndUtc", k => End(k.Position)),
            Field.Date("dateClosedUtc", k => IsClosed(k.Position) ? End(k.Position) : null),
            Field.Reference("assignedBy", to.Member(), k => Member(k.Position, Purpose.AssignedBy)),
            Field.Reference("assignTo", to.Member(), AssignTo),
            Field.Flag("notifyFlag", false),
            Field.Flag("closeFlag", k => IsClosed(k.Position)),
            Field.Text("mobileGuid", k => _draws.Guid(k.Position, (int)Purpose.Guid)),
            .. InfoFields.For(() => List, i => AccountClock.LastUpdated(_draws, i), i => _model.Author(_draws, i, (int)Purpose.Author), Links.Activity),
            UserDefinedFields.ValuesOf(SimulatedList.Activity, _draws),
        ]);

    private int? Type(RecordKey key) => _draws.Chance(key.Position, (int)Purpose.TypeMissing, Shares.ActivityWithoutType)
        ? null
        : _draws.Below(key.Position, (int)Purpose.Type, 20) switch { < 8 => 1, < 11 => 2, < 15 => 3, 15 => 4, < 18 => 5, 18 => 7, _ => 9 };

    private bool HasNoContact(int index) => _draws.Chance(index, (int)Purpose.ContactMissing, Shares.ActivityWithoutContact);

    private int? Contact(int index) => _model.Size.Contacts == 0 ? null : _draws.Below(index, (int)Purpose.Contact, _model.Size.Contacts);

    private int? ContactId(int index) => HasNoContact(index) || Contact(index) is not { } contact ? null
        : _draws.Chance(index, (int)Purpose.ContactGone, Shares.ActivityOfDeletedContact) ? _model.ContactIds.MissingNear(contact)
        : _model.ContactIds.IdAt(contact);

    private bool IsClosed(int index) => _draws.Below(index, (int)Purpose.Status, 3) > 0;

    private long Start(int index) => AccountClock.HourBefore(_draws, index, (int)Purpose.Start, 1200);

    private long End(int index) => Start(index) + (_draws.Between(index, (int)Purpose.Length, 1, 6) * 900);

    private int? Opportunity(RecordKey key) =>
        _model.Size.Opportunities > 0 && _draws.Chance(key.Position, (int)Purpose.Opportunity, Shares.ActivityOnOpportunity)
            ? _model.OpportunityIds.IdAt(_draws.Below(key.Position, (int)Purpose.OpportunityIndex, _model.Size.Opportunities))
            : null;

    private int? AssignTo(RecordKey key) => _draws.Chance(key.Position, (int)Purpose.MemberGone, Shares.ActivityOfUnknownMember) && _model.Size.Members > 0
        ? _model.MemberIds.MissingNear(_draws.Below(key.Position, (int)Purpose.Member, _model.Size.Members))
        : Member(key.Position, Purpose.Member) ?? 1;

    private int? Member(int index, Purpose purpose) =>
        _model.Size.Members == 0 ? null : _model.MemberIds.IdAt(_draws.Below(index, (int)purpose, _model.Size.Members));

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
