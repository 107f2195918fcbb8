using System.Globalization;
using CrmSync.Simulator.Accounts.Data;
using CrmSync.Simulator.Records;

namespace CrmSync.Simulator.Accounts;

/// <summary>The MSP's own people, and a few API members.</summary>
internal sealed class MemberGenerator
{
    /// <summary>The id of a member's photo is the member's id plus this.</summary>
    public const int PhotoOffset = 500_000;

    public const string MailDomain = "example-msp.com";

    private readonly Draws _draws;
    private readonly AccountModel _model;

    public MemberGenerator(AccountModel model)
    {
        _model = model;
        _draws = model.DrawsFor(SimulatedList.Member);
        List = new RecordList(Definition(new References(model)), model.MemberIds);
    }

    private enum Purpose
    {
        Person = 1, Person2, Person3, Api, Inactive, Photo, HireDate, Hired, PrimaryMissing, Type, TypeMissing, Title, Location, Department, Role, Boss,
        Phone, Mobile, Left, Login,
    }

    public RecordList List { get; }

    public bool IsApi(int index) => _draws.Chance(index, (int)Purpose.Api, Shares.MemberApi);

    public bool IsInactive(int index) => _draws.Chance(index, (int)Purpose.Inactive, Shares.MemberInactive);

    public (string First, string Last) Person(int index) =>
        IsApi(index) ? ("API", "Integration") : Wording.Person(_draws, index, (int)Purpose.Person);

    /// <summary>At most 15 characters and unique: the first letter, the last name and the index.</summary>
    public string Identifier(int index)
    {
        var (first, last) = Person(index);
        var name = Wording.Ascii(first)[..1] + Wording.Ascii(last);
        return string.Create(CultureInfo.InvariantCulture, $"{name[..Math.Min(9, name.Length)]}{index}");
    }

    public string Email(int index)
    {
        var (first, last) = Person(index);
        return string.Create(CultureInfo.InvariantCulture, $"{Wording.Ascii(first)}.{Wording.Ascii(last)}{index}@{MailDomain}");
    }

    public long LastUpdated(int index) => AccountClock.LastUpdated(_draws, index);

    private RecordDefinition Definition(References to) => new(
        "Member",
        [
            Field.Integer("id", k => k.Id),
            Field.Text("identifier", k => Identifier(k.Position)),
            Field.Choice("licenseClass", Enumerations.LicenseClass, k => IsApi(k.Position) ? "A" : k.Position % 17 == 5 ? "X" : "F"),
            Field.Text("employeeIdentifer", k => k.Position % 3 == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"E{k.Position:0000}")),
            Field.Date("inactiveDate", k => IsInactive(k.Position) ? AccountClock.DayBefore(_draws, k.Position, (int)Purpose.Left, 900) : null),
            Field.Flag("inactiveFlag", k => IsInactive(k.Position)),
            Field.Text("lastLogin", k => RecordWriter.DateText(AccountClock.HourBefore(_draws, k.Position, (int)Purpose.Login, 90))),
            Field.Text("firstName", k => Person(k.Position).First),
            Field.Text("lastName", k => Person(k.Position).Last),
            Field.Date("hireDate", k => _draws.Chance(k.Position, (int)Purpose.HireDate, Shares.MemberWithoutHireDate)
                ? AccountClock.EmptyHireDate : AccountClock.DayBefore(_draws, k.Position, (int)Purpose.Hired, 5000)),
            Field.Reference("country", to.Country(), _ => Places.UnitedStates),
            new FieldDefinition("photo", FieldKind.Reference, Photo, PhotoMembers(k => PhotoName(k.Id - PhotoOffset))),
            Field.Text("officeEmail", k => Email(k.Position)),
            Field.Text("mobileEmail", _ => null),
            Field.Text("homeEmail", _ => null),
            Field.Choice("defaultEmail", Enumerations.MemberAddress, _ => "Office"),
            Field.Text("primaryEmail", k => _draws.Chance(k.Position, (int)Purpose.PrimaryMissing, Shares.MemberWithoutPrimaryEmail) ? null
                : Email(k.Position)),
            Field.Text("officePhone", k => PhoneNumbers.Fixed(Places.Domestic[2], _draws.At(k.Position, (int)Purpose.Phone))),
            Field.Text("officeExtension", k => (100 + (k.Position % 900)).ToString(CultureInfo.InvariantCulture)),
            Field.Text("mobilePhone", k => k.Position % 2 == 0 ? PhoneNumbers.Mobile(Places.Domestic[2], _draws.At(k.Position, (int)Purpose.Mobile)) : null),
            Field.Choice("defaultPhone", Enumerations.MemberAddress, _ => "Office"),
            Field.Reference("securityRole", References.Fixed("Standard"), _ => 63),
            Field.Text("title", k => _draws.Pick(k.Position, (int)Purpose.Title, Names.MemberTitles)),
            Field.Reference("type", to.To(SimulatedList.MemberType, "name", "type_href", "system/members/types/{0}"), Type),
            Field.Reference("timeZone", References.Fixed("US Eastern"), k => IsInactive(k.Position) ? null : 1),
            Field.Integers("memberPersonas"),
            Field.Flag("adminFlag", k => k.Position == 0),
            Field.Reference("defaultLocation", to.Location(), k => _draws.Below(k.Position, (int)Purpose.Location, 4) is var place and < 3 ? place + 1 : 11),
            Field.Reference("defaultDepartment", to.Department(), k => _draws.Below(k.Position, (int)Purpose.Department, 4) is var place and < 3
                ? place + 1 : 10),
            Field.Reference("reportsTo", to.Member(), k => k.Position == 0 ? null
                : _model.MemberIds.IdAt(_draws.Below(k.Position, (int)Purpose.Boss, k.Position))),
            Field.Reference("workRole", to.To(SimulatedList.WorkRole, "name", "workRole_href", "time/workRoles/{0}"),
                k => _draws.Below(k.Position, (int)Purpose.Role, 5) is var role and < 4 ? role + 1 : 7),
            Field.Number("dailyCapacity", _ => 8),
            Field.Flag("enableMobileFlag", true),
            .. InfoFields.For(() => List, LastUpdated, _ => "Admin1", Links.Member),
            UserDefinedFields.ValuesOf(SimulatedList.Member, _draws),
        ]);

    private int? Type(RecordKey key) => _draws.Chance(key.Position, (int)Purpose.TypeMissing, Shares.MemberWithoutType)
        ? null
        : _draws.Below(key.Position, (int)Purpose.Type, 10) switch { < 6 => 1, 6 => 2, < 9 => 3, _ => 5 };

    private FieldValue Photo(RecordKey key) =>
        _draws.Chance(key.Position, (int)Purpose.Photo, Shares.MemberWithPhoto) && !IsApi(key.Position)
            ? FieldValue.Reference(PhotoOffset + key.Id)
            : FieldValue.Null;

    private string PhotoName(int member) => $"{_model.TextOf(SimulatedList.Member, member, "identifier")}.png";

    private static FieldDefinition[] PhotoMembers(Func<RecordKey, string> name) =>
    [
        Field.Integer("id", k => k.Id),
        Field.Text("name", name),
        new FieldDefinition("_info", FieldKind.Object, FieldValue.Keyed, Field.Text("filename", name), Field.Link("document_href", "system/documents/{0}"),
            Field.Link("documentDownload_href", "system/documents/{0}/download")),
    ];
}
