using CrmSync.Core.Records;

namespace CrmSync.Core.Planning;

/// <summary>A ConnectWise record in the CRM's vocabulary, or the reason why it does not come in.</summary>
/// <param name="Skip">Why it does not come in; null where it does.</param>
/// <param name="Type">The type by which it comes in.</param>
/// <param name="Values">Its mapped fields by the CRM's keys. A reference that leads nowhere, and what was not read, is absent.</param>
/// <param name="List">For a contact: the list of its company's type.</param>
public sealed record Translation(Reason? Skip, ImportType? Type, FieldValues Values, string? List)
{
    private static readonly FieldValues Nothing = new(0);

    /// <summary>Translates a record. Pure.</summary>
    public static Translation Of(ConnectWiseRecord record, EntityMapping mapping, References references, bool inactive)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(mapping);
        ArgumentNullException.ThrowIfNull(references);
        if (inactive)
        {
            return new Translation(Reason.Inactive, null, Nothing, null);
        }

        var type = mapping.TypeOf(record);
        var skip = type is null ? Reason.TypeNotMapped : mapping.Entity == Entity.Activity ? SkipActivity(record, references) : null;
        if (type is null || skip is not null)
        {
            return new Translation(skip, type, Nothing, null);
        }

        var values = new FieldValues(mapping.Fields.Count);
        for (var i = 0; i < mapping.Fields.Count; i++)
        {
            Translate(mapping.Fields[i], record, type, references, values);
        }

        var list = mapping.Entity == Entity.Contact && references.Find(Entity.Company, record.Reference(FieldKeys.Company)) is { } company
            ? mapping.ListOf(company.Type) : null;
        return new Translation(null, type, values, list);
    }

    // AC-2, AC-3. An activity without a contact hangs on its company.
    private static Reason? SkipActivity(ConnectWiseRecord record, References references)
    {
        var contact = record.Reference(FieldKeys.Contact);
        return contact is not null && references.Find(Entity.Contact, contact) is null ? Reason.ContactNotImported
            : contact is null && references.Find(Entity.Company, record.Reference(FieldKeys.Company)) is null ? Reason.CompanyNotImported
            : references.Find(Entity.User, record.Reference(FieldKeys.User)) is null ? Reason.UserNotInCrm
            : null;
    }

    private static void Translate(MappedField field, ConnectWiseRecord record, ImportType type, References references, FieldValues values)
    {
        if (field.ConnectWise is null)
        {
            values.Add(field.Crm, field.Crm switch
            {
                FieldKeys.Pipeline => type.Place?.Pipeline,
                FieldKeys.Stage => type.Place?.CrmStage,
                _ => type.Crm,
            });
            return;
        }

        if (!record.Fields.TryGet(field.ConnectWise, out var value))
        {
            return;
        }

        if (value is not null && field.Kind == FieldKind.Reference)
        {
            // A dangling reference says nothing about the CRM's value.
            if (references.ValueOf(field.References!.Value, ConnectWiseId.TryParse(value)) is { } target)
            {
                values.Add(field.Crm, target);
            }

            return;
        }

        values.Add(field.Crm, field.Kind == FieldKind.LineItems ? TranslateLines(value, references) : value);
    }

    // OP-3: a line whose solution is not in the CRM keeps its figures and becomes free text.
    private static string? TranslateLines(string? lines, References references) => LineItem.Write(
        LineItem.Read(lines).Select(line => line with { Solution = references.ValueOf(Entity.Solution, ConnectWiseId.TryParse(line.Solution)) }));
}
