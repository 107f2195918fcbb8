using System.Globalization;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Crm.BuiltIn.Fields;

/// <summary>Why the built-in CRM refuses a record. None of these goes away by trying again; no value of a person's is repeated.</summary>
internal static class CrmErrors
{
    public static CrmError UnknownField(Entity entity, string key) => new("field-unknown", $"A {Word(entity)} has no field \"{key}\".", false);

    public static CrmError ReadOnly(FieldDefinition field) => new("field-read-only", $"{field.Label} cannot be written.", false);

    public static CrmError Invalid(FieldDefinition field) => new("value-invalid", $"{field.Label} takes {Words(field.Kind)}; what was sent is none.", false);

    public static CrmError TooLong(FieldDefinition field, int length) => new(
        "value-too-long", string.Create(CultureInfo.InvariantCulture, $"{field.Label} takes at most {field.MaxLength} characters; {length} were sent."), false);

    public static CrmError UnknownChoice(FieldDefinition field, string value) => new("choice-unknown", $"{field.Label} has no choice \"{value}\".", false);

    public static CrmError StageElsewhere(string pipeline, string stage) => new("choice-unknown", $"The pipeline \"{pipeline}\" has no stage \"{stage}\".", false);

    public static CrmError Required(IEnumerable<string> labels) => new("value-required", $"{string.Join(" or ", labels)} is required.", false);

    public static CrmError MissingReference(FieldDefinition field, string id) => new("reference-missing", $"{field.Label} names \"{id}\", which is not there.", false);

    public static CrmError MissingRecord(Entity entity, CrmId id) => new("record-missing", $"There is no {Word(entity)} \"{id}\".", false);

    public static CrmError KeyTaken(CrmId holder) => new("external-key-taken", $"The external key belongs to \"{holder}\".", false);

    public static CrmError KeyInvalid(int most) => new(
        "external-key-invalid", string.Create(CultureInfo.InvariantCulture, $"An external key has 1 to {most} characters and no blanks at its ends."), false);

    public static CrmError ListNotAllowed(Entity entity) => new("list-not-allowed", $"A {Word(entity)} cannot be on a list; only contacts can.", false);

    public static CrmError ListInvalid(int most) => new(
        "list-invalid", string.Create(CultureInfo.InvariantCulture, $"The name of a list has 1 to {most} characters."), false);

    private static string Word(Entity entity) => entity switch
    {
        Entity.User => "user",
        Entity.Company => "company",
        Entity.Contact => "contact",
        Entity.Solution => "solution",
        Entity.Activity => "activity",
        Entity.Opportunity => "opportunity",
        Entity.Employee => "employee",
    };

    private static string Words(FieldKind kind) => kind switch
    {
        FieldKind.Text or FieldKind.LongText or FieldKind.Phone or FieldKind.Url => "text",
        FieldKind.Number => "a decimal number such as 12.5",
        FieldKind.Boolean => "true or false",
        FieldKind.Date => "a day such as 2026-03-31",
        FieldKind.DateTime => "an instant such as 2026-03-31T16:00:00Z",
        FieldKind.Email => "an e-mail address",
        FieldKind.Choice => "one of its choices",
        FieldKind.TextList => "values, one a line",
        FieldKind.Reference => "the id of a record",
        FieldKind.LineItems => "a list of line items",
        FieldKind.Notes => "a list of notes",
    };
}
