using CrmSync.Core.Matching;
using CrmSync.Core.Records;
using CrmSync.Crm.BuiltIn.Fields;
using CrmSync.Crm.BuiltIn.Records;

namespace CrmSync.Crm.BuiltIn.Matching;

/// <summary>The keys under which a record stands in the index: by what it can be matched, searched and referred to.</summary>
internal sealed class RecordKeys(RecordScope scope, EntitySchema schema)
{
    /// <summary>Adds a record's entries; one may come twice.</summary>
    public void Add(List<IndexEntry> entries, long row, FieldValues fields)
    {
        switch (scope.Entity)
        {
            case Entity.User:
                Add(entries, row, KeyKind.Email, Normalise.Email(fields[FieldKeys.Email]));
                Add(entries, row, KeyKind.Name, Normalise.CompanyName(fields[FieldKeys.Name]));
                break;
            case Entity.Company:
                AddPhone(entries, row, fields[FieldKeys.Phone]);
                Add(entries, row, KeyKind.Website, Normalise.Website(fields[FieldKeys.Website]));
                Add(entries, row, KeyKind.Name, Normalise.CompanyName(fields[FieldKeys.Name]));
                break;
            case Entity.Contact:
                Add(entries, row, KeyKind.Email, Normalise.Email(fields[FieldKeys.Email]));
                foreach (var email in Canonical.Lines(fields[FieldKeys.Emails]))
                {
                    Add(entries, row, KeyKind.Email, Normalise.Email(email));
                }

                Add(entries, row, KeyKind.PersonName, Normalise.PersonName(fields[FieldKeys.FirstName], fields[FieldKeys.LastName]));
                break;
            case Entity.Solution:
                Add(entries, row, KeyKind.Sku, Normalise.Sku(fields[FieldKeys.Sku]));
                Add(entries, row, KeyKind.Name, Normalise.CompanyName(fields[FieldKeys.Name]));
                break;
            case Entity.Activity:
                Add(entries, row, KeyKind.Name, Normalise.CompanyName(fields[FieldKeys.Subject]));
                break;
            case Entity.Employee:
                break;
            case Entity.Opportunity:
                Add(entries, row, KeyKind.Name, Normalise.CompanyName(fields[FieldKeys.Name]));
                break;
        }

        foreach (var reference in schema.References)
        {
            Add(entries, row, KeyKind.Reference, fields[reference.Key]);
        }
    }

    private void Add(List<IndexEntry> entries, long row, KeyKind kind, string? text)
    {
        if (text is not null)
        {
            entries.Add(new(scope.Keys(kind), text, row));
        }
    }

    private void AddPhone(List<IndexEntry> entries, long row, string? phone)
    {
        foreach (var key in PhoneKeys.OfStored(phone))
        {
            Add(entries, row, KeyKind.Phone, key);
        }
    }
}
