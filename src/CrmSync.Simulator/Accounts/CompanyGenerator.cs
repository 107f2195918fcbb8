using System.Globalization;
using CrmSync.Simulator.Accounts.Data;
using CrmSync.Simulator.Records;

namespace CrmSync.Simulator.Accounts;

/// <summary>The account's companies: each a pure function of the seed and its index.</summary>
internal sealed class CompanyGenerator
{
    private readonly Draws _draws;
    private readonly AccountModel _model;
    private readonly int _brandShift;

    public CompanyGenerator(AccountModel model)
    {
        _model = model;
        _draws = model.DrawsFor(SimulatedList.Company);
        _brandShift = _draws.Below(0, (int)Purpose.BrandShift, 1_000_000);
        List = new RecordList(Definition(new References(model)), model.CompanyIds);
    }

    private enum Purpose
    {
        BrandShift = 1, Abroad, Place, Name, Industry, Legal, Street, Phone, PhoneManner, PhoneShared, PhoneMissing, Extension, Website, WebsiteHost,
        WebsiteManner, Fax, Types, TypeCount, Status, Deleted, Parent, Employees, Revenue, Year, Acquired, Territory, Manager, Source, Guid, Author,
        Lead, Market,
        Blemish = 60,
    }

    public RecordList List { get; }

    /// <summary>The company's own word, without industry and legal form.</summary>
    public string Brand(int index) => Wording.Brand(index, _brandShift);

    /// <summary>Brand and industry, without the legal form.</summary>
    public string ShortName(int index) => $"{Brand(index)} {Pick(index, Purpose.Industry, Names.Industries)}";

    public string Name(int index)
    {
        var form = Pick(index, Purpose.Legal, LegalForms(Place(index).Country));
        var name = form.Length == 0 ? ShortName(index) : $"{ShortName(index)}{(form[0] == ',' ? "" : " ")}{form}";
        return Wording.Blemish(name, _draws, index, (int)Purpose.Blemish);
    }

    public Place Place(int index) =>
        Pick(index, Purpose.Place, Chance(index, Purpose.Abroad, Shares.CompanyOutsideUnitedStates) ? Places.Abroad : Places.Domestic);

    public string Domain(int index) => Brand(index).ToLowerInvariant() + (Place(index).Country switch
    {
        Places.UnitedKingdom => ".co.uk",
        Places.Germany => ".de",
        Places.Australia => ".com.au",
        _ => ".com",
    });

    /// <summary>The phone's digits after the country code, or null; some companies share that of the one before.</summary>
    public (int Country, string National)? Phone(int index)
    {
        if (Chance(index, Purpose.PhoneMissing, Shares.CompanyWithoutPhone))
        {
            return null;
        }

        var owner = index > 0 && Chance(index, Purpose.PhoneShared, Shares.CompanyWithPhoneOfAnother) ? index - 1 : index;
        return (Place(owner).Country, PhoneNumbers.Fixed(Place(owner), _draws.At(owner, (int)Purpose.Phone)));
    }

    /// <summary>The website as it stands in ConnectWise, or null.</summary>
    public string? Website(int index)
    {
        if (Chance(index, Purpose.Website, Shares.CompanyWithoutWebsite))
        {
            return null;
        }

        if (Chance(index, Purpose.WebsiteHost, Shares.CompanyOnFreeHost))
        {
            return string.Format(CultureInfo.InvariantCulture, Pick(index, Purpose.WebsiteManner, Names.FreeHosts), Brand(index).ToLowerInvariant());
        }

        return _draws.Below(index, (int)Purpose.WebsiteManner, 5) switch
        {
            0 => $"https://www.{Domain(index)}",
            1 => $"www.{Domain(index)}",
            2 => $"http://{Domain(index)}/",
            3 => $"https://{Domain(index).ToUpperInvariant()}/en/home",
            _ => Domain(index),
        };
    }

    public bool IsDeleted(int index) => Chance(index, Purpose.Deleted, Shares.CompanyDeleted);

    public long LastUpdated(int index) => AccountClock.LastUpdated(_draws, index);

    private static string[] LegalForms(int country) => country switch
    {
        Places.UnitedKingdom => Names.LegalFormsUnitedKingdom,
        Places.Germany => Names.LegalFormsGermany,
        Places.Australia => Names.LegalFormsAustralia,
        _ => Names.LegalFormsUnitedStates,
    };

    private RecordDefinition Definition(References to) => new(
        "Company",
        [
            Field.Integer("id", k => k.Id),
            Field.Text("identifier", k => string.Create(CultureInfo.InvariantCulture, $"{Brand(k.Position)}{k.Position % 100:00}")),
            Field.Text("name", k => Name(k.Position)),
            Field.Reference("status", to.CompanyStatus(), k => Status(k.Position)),
            Field.Text("addressLine1", k => $"{Between(k.Position, Purpose.Street, 1, 9999)} {Pick(k.Position, Purpose.Street, Places.Streets)}"),
            Field.Text("addressLine2", k => null),
            Field.Text("city", k => Place(k.Position).City),
            Field.Text("state", k => NullIfEmpty(Place(k.Position).State)),
            Field.Text("zip", k => Place(k.Position).Zip),
            Field.Reference("country", to.Country(), k => Place(k.Position).Country),
            Field.Text("phoneNumber", k => WrittenPhone(k.Position)),
            Field.Text("faxNumber", k => Fax(k.Position)),
            Field.Text("website", k => Website(k.Position)),
            Field.Reference("territory", to.Location(), k => Between(k.Position, Purpose.Territory, 1, 3)),
            Field.Text("accountNumber", k => string.Create(CultureInfo.InvariantCulture, $"A{k.Position:000000}")),
            Field.Reference("defaultContact", to.Contact(), k => _model.Contacts.DefaultOf(k.Position)),
            Field.Date("dateAcquired", k => AccountClock.DayBefore(_draws, k.Position, (int)Purpose.Acquired, 4000)),
            Field.Reference("parentCompany", to.Company(), k => Parent(k.Position)),
            Field.Number("annualRevenue", k => Between(k.Position, Purpose.Revenue, 0, 5000) * 1000.0),
            Field.Integer("numberOfEmployees", k => Between(k.Position, Purpose.Employees, 1, 900)),
            Field.Integer("yearEstablished", k => Between(k.Position, Purpose.Year, 1900, 2025)),
            Field.Text("leadSource", k => Pick(k.Position, Purpose.Source, Names.Sources)),
            Field.Flag("leadFlag", k => Chance(k.Position, Purpose.Lead, 0.1)),
            Field.Flag("unsubscribeFlag", false),
            Field.Reference("taxCode", References.Fixed("Tax"), _ => 1),
            Field.Flag("deletedFlag", k => IsDeleted(k.Position)),
            Field.Date("dateDeleted", k => IsDeleted(k.Position) ? LastUpdated(k.Position) : null),
            Field.Text("deletedBy", k => IsDeleted(k.Position) ? Author(k.Position) : null),
            Field.Text("mobileGuid", k => _draws.Guid(k.Position, (int)Purpose.Guid)),
            Field.Reference("territoryManager", to.Member(), Manager),
            Field.Flag("isVendorFlag", k => System.Array.Exists(Types(k).Items, t => t.Key.Id == 3)),
            Field.References("types", to.CompanyType(), Types),
            Field.Reference("site", References.Fixed("Main"), k => 1000 + k.Id),
            Field.Integers("integratorTags"),
            .. InfoFields.For(() => List, LastUpdated, Author, Links.Company),
            UserDefinedFields.ValuesOf(SimulatedList.Company, _draws),
        ]);

    private FieldValue Types(RecordKey key)
    {
        if (Chance(key.Position, Purpose.TypeCount, Shares.CompanyWithoutType))
        {
            return FieldValue.Array();
        }

        int[] ids = [1, 2, 3, 4, 5, 7, 9];
        var first = _draws.Below(key.Position, (int)Purpose.Types, 12);
        var main = first < 5 ? 0 : first < 8 ? 1 : first - 6;
        if (!Chance(key.Position, Purpose.Types, Shares.CompanyWithSeveralTypes))
        {
            return FieldValue.Array(FieldValue.Reference(ids[main]));
        }

        var second = FieldValue.Reference(ids[(main + 2) % ids.Length]);
        return _draws.Below(key.Position, (int)Purpose.TypeCount, 3) == 0
            ? FieldValue.Array(FieldValue.Reference(ids[main]), second, FieldValue.Reference(ids[(main + 3) % ids.Length]))
            : FieldValue.Array(FieldValue.Reference(ids[main]), second);
    }

    private int Status(int index) => Chance(index, Purpose.Status, Shares.CompanyInactive) ? CompanyStatuses.Inactive
        : Chance(index, Purpose.Market, Shares.CompanyNotApproved) ? CompanyStatuses.NotApproved
        : _draws.Below(index, (int)Purpose.Status, 50) == 0 ? CompanyStatuses.CreditHold : CompanyStatuses.Active;

    private string? WrittenPhone(int index)
    {
        if (Phone(index) is not { } phone)
        {
            return null;
        }

        var written = PhoneNumbers.Write(phone.Country, phone.National, _draws.At(index, (int)Purpose.PhoneManner));
        return Chance(index, Purpose.Extension, Shares.CompanyWithExtension)
            ? $"{written} x{Between(index, Purpose.Extension, 100, 999)}"
            : written;
    }

    private string? Fax(int index) => Chance(index, Purpose.Fax, Shares.CompanyWithFax)
        ? PhoneNumbers.Write(Place(index).Country, PhoneNumbers.Fixed(Place(index), _draws.At(index, (int)Purpose.Fax)), 1)
        : null;

    private int? Parent(int index) => index > 0 && Chance(index, Purpose.Parent, Shares.CompanyWithParent)
        ? _model.CompanyIds.IdAt(_draws.Below(index, (int)Purpose.Parent, index))
        : null;

    private int? Manager(RecordKey key) =>
        _model.Size.Members == 0 ? null : _model.MemberIds.IdAt(_draws.Below(key.Position, (int)Purpose.Manager, _model.Size.Members));

    private string Author(int index) => _model.Author(_draws, index, (int)Purpose.Author);

    private bool Chance(int index, Purpose purpose, double share) => _draws.Chance(index, (int)purpose, share);

    private T Pick<T>(int index, Purpose purpose, T[] choices) => _draws.Pick(index, (int)purpose, choices);

    private int Between(int index, Purpose purpose, int least, int most) => _draws.Between(index, (int)purpose, least, most);

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
