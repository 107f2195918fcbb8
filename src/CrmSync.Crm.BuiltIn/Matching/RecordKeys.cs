using CrmSync.Core.Matching;
using CrmSync.Core.Records;
using CrmSync.Crm.BuiltIn.Fields;
using CrmSync.Crm.BuiltIn.Records;

namespace CrmSync.Crm.BuiltIn.Matching;

/// <summary>The keys under which a record stands in the index: by what it can be matched, searched and referred to.</summary>
internal sealed class RecordKeys(RecordScope scope, EntitySchema schema)
{
    /// <summary>The keys of a record, each once, in the order of the index.</summary>
    public List<IndexKey> Of(FieldValues fields)
    {
        var keys = new List<IndexKey>(4);
        switch (scope.Entity)
        {
            case Entity.User:
                Add(keys, KeyKind.Email, Normalise.Email(fields[FieldKeys.Email]));
                Add(keys, KeyKind.Name, Normalise.CompanyName(fields[FieldKeys.Name]));
                break;
            case Entity.Company:
                AddPhone(keys, fields[FieldKeys.Phone]);
                Add(keys, KeyKind.Website, Normalise.Website(fields[FieldKeys.Website]));
                Add(keys, KeyKind.Name, Normalise.CompanyName(fields[FieldKeys.Name]));
                break;
            case Entity.Contact:
                Add(keys, KeyKind.Email, Normalise.Email(fields[FieldKeys.Email]));
                foreach (var email in Canonical.Lines(fields[FieldKeys.Emails]))
                {
                    Add(keys, KeyKind.Email, Normalise.Email(email));
                }

                Add(keys, KeyKind.PersonName, Normalise.PersonName(fields[FieldKeys.FirstName], fields[FieldKeys.LastName]));
                break;
            case Entity.Solution:
                Add(keys, KeyKind.Sku, Normalise.Sku(fields[FieldKeys.Sku]));
                Add(keys, KeyKind.Name, Normalise.CompanyName(fields[FieldKeys.Name]));
                break;
            case Entity.Activity:
                Add(keys, KeyKind.Name, Normalise.CompanyName(fields[FieldKeys.Subject]));
                break;
            case Entity.Opportunity:
                Add(keys, KeyKind.Name, Normalise.CompanyName(fields[FieldKeys.Name]));
                break;
        }

        foreach (var reference in schema.References)
        {
            Add(keys, KeyKind.Reference, fields[reference.Key]);
        }

        keys.Sort();
        RemoveRepetitions(keys);
        return keys;
    }

    private void Add(List<IndexKey> keys, KeyKind kind, string? text)
    {
        if (text is not null)
        {
            keys.Add(new(scope.Keys(kind), text));
        }
    }

    private void AddPhone(List<IndexKey> keys, string? phone)
    {
        if (phone is not null)
        {
            PhoneKeys.OfStored(phone, text => Add(keys, KeyKind.Phone, text));
        }
    }

    private static void RemoveRepetitions(List<IndexKey> sorted)
    {
        for (var i = sorted.Count - 1; i > 0; i--)
        {
            if (sorted[i] == sorted[i - 1])
            {
                sorted.RemoveAt(i);
            }
        }
    }
}
