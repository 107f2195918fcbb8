using System.Globalization;
using CrmSync.Simulator.Accounts.Data;
using CrmSync.Simulator.Records;

namespace CrmSync.Simulator.Accounts;

/// <summary>A contact's e-mail addresses and phones.</summary>
internal sealed class ContactCommunications(AccountModel model, ContactGenerator contacts, Draws draws)
{
    /// <summary>Ids of the items are the contact's id times this, plus the place.</summary>
    public const int IdsPerContact = 8;

    private enum Purpose
    {
        Mail = 200, MailMissing, SecondMail, Shared, Private, Direct, DirectNumber, DirectManner, Mobile, MobileNumber, MobileManner, Fax, Extension, Case,
    }

    public static FieldDefinition[] Members(References to) =>
    [
        Field.Member("id", FieldKind.Integer),
        Field.Member("type", FieldKind.Reference, to.CommunicationType()),
        Field.Member("value", FieldKind.Text),
        Field.Member("extension", FieldKind.Text),
        Field.Member("defaultFlag", FieldKind.Boolean),
        Field.Member("domain", FieldKind.Text),
        new FieldDefinition("communicationType", FieldKind.Text, _ => default) { AllowedValues = Enumerations.CommunicationKind },
    ];

    /// <summary>The items, or null when there are none: ConnectWise leaves an empty list of them out.</summary>
    public FieldValue Items(RecordKey key)
    {
        var items = new List<FieldValue>(5);
        foreach (var mail in Mails(key.Position))
        {
            var type = items.Count == 0 ? CommunicationTypes.Email : CommunicationTypes.PersonalEmail;
            items.Add(Item(key, items.Count, type, mail, null, items.Count == 0, "Email"));
        }

        var phones = Phones(key.Position);
        for (var i = 0; i < phones.Count; i++)
        {
            items.Add(Item(key, items.Count, phones[i].Type, phones[i].Number, phones[i].Extension, i == 0, "Phone"));
        }

        if (draws.Chance(key.Position, (int)Purpose.Fax, Shares.ContactWithFax))
        {
            var place = Place(key.Position);
            var number = PhoneNumbers.Write(place.Country, PhoneNumbers.Fixed(place, draws.At(key.Position, (int)Purpose.Fax)), 2);
            items.Add(Item(key, items.Count, CommunicationTypes.Fax, number, null, true, "Fax"));
        }

        return items.Count == 0 ? FieldValue.Null : FieldValue.Array([.. items]);
    }

    /// <summary>The phone that the contact's own fields repeat.</summary>
    public (string Type, string Number, string? Extension)? DefaultPhone(RecordKey key)
    {
        var phones = Phones(key.Position);
        return phones.Count == 0
            ? null
            : (model.TextOf(SimulatedList.CommunicationType, phones[0].Type, "description"), phones[0].Number, phones[0].Extension);
    }

    /// <summary>The addresses, the default one first.</summary>
    public List<string> Mails(int index)
    {
        var mails = new List<string>(2);
        if (draws.Chance(index, (int)Purpose.MailMissing, Shares.ContactWithoutEmail))
        {
            return mails;
        }

        var company = contacts.CompanyIndex(index);
        var own = Wording.Ascii(contacts.FirstName(index)) + (contacts.LastName(index) is { } last ? "." + Wording.Ascii(last) : "");
        var personal = string.Create(CultureInfo.InvariantCulture, $"{own}{index % 1000}@{draws.Pick(index, (int)Purpose.Mail, Names.PrivateMail)}");
        if (company is null || draws.Chance(index, (int)Purpose.Private, Shares.ContactWithPrivateEmail))
        {
            mails.Add(personal);
            return mails;
        }

        var domain = model.Companies.Domain(company.Value);
        var mail = draws.Chance(index, (int)Purpose.Shared, Shares.ContactWithSharedMailbox)
            ? $"info@{domain}"
            : string.Create(CultureInfo.InvariantCulture,
                $"{own}{(index < model.Size.Companies ? "" : index.ToString(CultureInfo.InvariantCulture))}@{domain}");
        mails.Add(draws.Below(index, (int)Purpose.Case, 10) == 0 ? char.ToUpperInvariant(mail[0]) + mail[1..] : mail);
        if (draws.Chance(index, (int)Purpose.SecondMail, Shares.ContactWithSecondEmail))
        {
            mails.Add(personal);
        }

        return mails;
    }

    private static FieldValue Item(RecordKey key, int place, int type, string value, string? extension, bool isDefault, string kind) =>
        FieldValue.Inline(
            FieldValue.Of((key.Id * IdsPerContact) + place),
            FieldValue.Reference(type),
            FieldValue.Of(value),
            FieldValue.Of(extension),
            FieldValue.Of(isDefault),
            kind == "Email" ? FieldValue.Of(value[value.IndexOf('@', StringComparison.Ordinal)..]) : FieldValue.Null,
            FieldValue.Of(kind));

    private List<(int Type, string Number, string? Extension)> Phones(int index)
    {
        var phones = new List<(int, string, string?)>(2);
        var place = Place(index);
        if (draws.Chance(index, (int)Purpose.Direct, Shares.ContactWithDirectPhone))
        {
            var number = contacts.CompanyIndex(index) is { } company && model.Companies.Phone(company) is { } phone
                ? PhoneNumbers.Write(phone.Country, phone.National, draws.At(index, (int)Purpose.DirectManner))
                : PhoneNumbers.Write(place.Country, PhoneNumbers.Fixed(place, draws.At(index, (int)Purpose.DirectNumber)),
                    draws.At(index, (int)Purpose.DirectManner));
            var extension = draws.Chance(index, (int)Purpose.Extension, Shares.ContactWithExtension)
                ? draws.Between(index, (int)Purpose.Extension, 100, 999).ToString(CultureInfo.InvariantCulture)
                : null;
            phones.Add((CommunicationTypes.Direct, number, extension));
        }

        if (draws.Chance(index, (int)Purpose.Mobile, Shares.ContactWithMobile))
        {
            var number = PhoneNumbers.Mobile(place, draws.At(index, (int)Purpose.MobileNumber));
            phones.Add((CommunicationTypes.Cell, PhoneNumbers.Write(place.Country, number, draws.At(index, (int)Purpose.MobileManner)), null));
        }

        return phones;
    }

    private Place Place(int index) => contacts.CompanyIndex(index) is { } company ? model.Companies.Place(company) : Places.Domestic[0];
}
