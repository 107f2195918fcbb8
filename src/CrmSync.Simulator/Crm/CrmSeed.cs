using System.Globalization;
using CrmSync.Simulator.Accounts;
using CrmSync.Simulator.Accounts.Data;

namespace CrmSync.Simulator.Crm;

/// <summary>Makes the records that were in the CRM before: the same ones for the same options, whenever and wherever.</summary>
public static class CrmSeed
{
    /// <summary>The fewest companies of a seed, as far as the account has so many.</summary>
    public const int FewestCompanies = 20;

    /// <summary>
    /// Users first, then companies, contacts and solutions. <paramref name="share"/> of the account's companies, contacts and catalog
    /// is known to the CRM, in one manner or another.
    /// </summary>
    public static IEnumerable<SeededCrmRecord> Generate(SimulatorOptions options, double share = 0.01)
    {
        ArgumentNullException.ThrowIfNull(options);
        var size = new AccountSize(options.Companies, options.Contacts, options.CatalogItems, options.Activities, options.Opportunities, options.Members);
        var seeder = new Seeder(new AccountModel(options.Seed, size), share);
        return seeder.Users().Concat(seeder.CompaniesAndContacts()).Concat(seeder.Solutions());
    }

    private sealed class Seeder(AccountModel model, double share)
    {
        private const long Month = 30 * AccountClock.Day;

        private readonly Draws _draws = Draws.For(model.Seed, "crm");

        private enum Purpose
        {
            Kind = 1, Age, Newer, Manner, Unrelated, Known, Price, Contact,
        }

        public IEnumerable<SeededCrmRecord> Users()
        {
            for (var index = 0; index < model.Size.Members; index++)
            {
                if (_draws.Chance(index, (int)Purpose.Known, Shares.CrmMembersKnown) && !model.Members.IsApi(index))
                {
                    var (first, last) = model.Members.Person(index);
                    yield return Record("User", $"user-{index}", model.Members.LastUpdated(index), index, Resemblance.Email, model.MemberIds.IdAt(index), new()
                    {
                        ["email"] = _draws.Below(index, (int)Purpose.Manner, 4) == 0 ? model.Members.Email(index).ToUpperInvariant()
                            : model.Members.Email(index),
                        ["name"] = $"{first} {last}",
                    });
                }
            }
        }

        public IEnumerable<SeededCrmRecord> CompaniesAndContacts()
        {
            var count = Math.Min(model.Size.Companies, Math.Max(FewestCompanies, (int)(model.Size.Companies * share)));
            for (var place = 0; place < count; place++)
            {
                var index = (int)((long)place * model.Size.Companies / count);
                foreach (var company in Companies(index))
                {
                    yield return company;
                }

                if (model.Contacts.DefaultOf(index) is not null && ContactOf(index) is { } contact)
                {
                    yield return contact;
                }
            }
        }

        public IEnumerable<SeededCrmRecord> Solutions()
        {
            var count = Math.Min(model.Size.CatalogItems, Math.Max(5, (int)(model.Size.CatalogItems * share)));
            for (var place = 0; place < count; place++)
            {
                var index = (int)((long)place * model.Size.CatalogItems / count);
                yield return Record("Solution", $"solution-{index}", model.Catalog.LastUpdated(index), index, Resemblance.Sku,
                    model.CatalogIds.IdAt(index), new()
                    {
                        ["sku"] = model.Catalog.Identifier(index),
                        ["name"] = Clean(model.Catalog.Description(index)),
                        ["price"] = (model.Catalog.Price(index) + _draws.Below(index, (int)Purpose.Price, 3)).ToString("0.00", CultureInfo.InvariantCulture),
                    });
            }
        }

        private IEnumerable<SeededCrmRecord> Companies(int index)
        {
            var draw = _draws.Below(index, (int)Purpose.Kind, 1000) / 1000.0;
            var kind = draw < Shares.CrmByPhone ? Resemblance.Phone
                : draw < Shares.CrmByPhone + Shares.CrmByWebsite ? Resemblance.Website
                : draw < Shares.CrmByPhone + Shares.CrmByWebsite + Shares.CrmByName ? Resemblance.Name
                : draw < Shares.CrmByPhone + Shares.CrmByWebsite + Shares.CrmByName + Shares.CrmAmbiguous ? Resemblance.Ambiguous
                : Resemblance.None;
            var needsPhone = kind is Resemblance.Phone or Resemblance.Ambiguous;
            if ((needsPhone && !HasPhoneOfItsOwn(index)) || (kind == Resemblance.Website && !HasWebsiteOfItsOwn(index)))
            {
                kind = Resemblance.Name;
            }

            yield return Company(index, kind, "");
            if (kind == Resemblance.Ambiguous)
            {
                yield return Company(index, kind, "-b");
            }
        }

        private SeededCrmRecord Company(int index, Resemblance kind, string suffix)
        {
            // No brand of the account begins with this word, so the name resembles none of them.
            var stranger = string.Create(CultureInfo.InvariantCulture, $"Yonder{index}{suffix} {_draws.Pick(index, (int)Purpose.Unrelated, Names.Industries)}");
            var fields = new Dictionary<string, string>
            {
                ["name"] = kind == Resemblance.Name ? $"{model.Companies.ShortName(index).ToUpperInvariant()}, Incorporated" : stranger,
                ["city"] = model.Companies.Place(index).City,
            };
            if (kind is Resemblance.Phone or Resemblance.Ambiguous && model.Companies.Phone(index) is { } phone)
            {
                fields["phone"] = suffix.Length == 0
                    ? PhoneNumbers.International(phone.Country, phone.National)
                    : PhoneNumbers.Write(phone.Country, phone.National, 1);
            }

            if (kind == Resemblance.Website)
            {
                fields["website"] = $"http://{model.Companies.Domain(index)}/about?from=crm";
            }

            return Record("Company", $"company-{index}{suffix}", model.Companies.LastUpdated(index), index, kind,
                kind == Resemblance.None ? null : model.CompanyIds.IdAt(index), fields);
        }

        /// <summary>The company's default contact: by e-mail where it has one of its own, else by name.</summary>
        private SeededCrmRecord? ContactOf(int index)
        {
            var mail = model.Contacts.Communications.Mails(index).FirstOrDefault(m => !m.StartsWith("info@", StringComparison.OrdinalIgnoreCase));
            var kind = mail is not null && _draws.Below(index, (int)Purpose.Contact, 3) > 0 ? Resemblance.Email : Resemblance.Name;
            var fields = new Dictionary<string, string>
            {
                ["firstName"] = Clean(model.Contacts.FirstName(index)),
                ["lastName"] = model.Contacts.LastName(index) ?? "",
                ["company"] = $"company-{index}",
            };
            if (kind == Resemblance.Email)
            {
                fields["email"] = mail!.ToUpperInvariant();
            }

            return Record("Contact", $"contact-{index}", model.Contacts.LastUpdated(index), index, kind, model.ContactIds.IdAt(index), fields);
        }

        private SeededCrmRecord Record(
            string entity, string key, long inConnectWise, int index, Resemblance kind, int? id, Dictionary<string, string> fields)
        {
            var distance = _draws.Between(index, (int)Purpose.Age, 1, (int)Month);
            var isNewer = _draws.Chance(index, (int)Purpose.Newer, Shares.CrmNewerThanConnectWise);
            var updated = DateTimeOffset.FromUnixTimeSeconds(isNewer ? inConnectWise + distance : inConnectWise - distance);
            return new SeededCrmRecord(entity, key, fields, updated, kind, id);
        }

        private bool HasPhoneOfItsOwn(int index) => model.Companies.Phone(index) is { } own
            && (index == 0 || model.Companies.Phone(index - 1) != own)
            && (index + 1 >= model.Size.Companies || model.Companies.Phone(index + 1) != own);

        private bool HasWebsiteOfItsOwn(int index) =>
            model.Companies.Website(index)?.Contains(model.Companies.Domain(index), StringComparison.OrdinalIgnoreCase) == true;

        private static string Clean(string text) => text.Replace("\0", "", StringComparison.Ordinal).Replace("\u200E", "", StringComparison.Ordinal);
    }
}
