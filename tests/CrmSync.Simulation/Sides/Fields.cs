using CrmSync.Core.Records;

namespace CrmSync.Simulation.Sides;

/// <summary>The fields that the simulated sides have, and the values that people type into them: few, so that they meet.</summary>
internal static class Fields
{
    public static IReadOnlyList<FieldDefinition> Company { get; } =
    [
        Of(FieldKeys.Name, FieldKind.Text), Of(FieldKeys.Phone, FieldKind.Phone), Of(FieldKeys.Website, FieldKind.Url), Of(FieldKeys.City, FieldKind.Text),
        Of(FieldKeys.Type, FieldKind.Choice), Of("notes", FieldKind.Text),
    ];

    public static IReadOnlyList<FieldDefinition> Contact { get; } =
    [
        Of(FieldKeys.FirstName, FieldKind.Text), Of(FieldKeys.LastName, FieldKind.Text), Of(FieldKeys.Email, FieldKind.Email), Of(FieldKeys.City, FieldKind.Text),
        Of(FieldKeys.Type, FieldKind.Choice), Of(FieldKeys.Company, FieldKind.Reference) with { References = Entity.Company }, Of("notes", FieldKind.Text),
    ];

    /// <summary>What an import of an entity may write besides its type: nothing else is mapped (S8).</summary>
    public static IReadOnlyList<string> Mapped(Entity entity) => entity == Entity.Company
        ? [FieldKeys.Name, FieldKeys.Phone, FieldKeys.Website, FieldKeys.City]
        : [FieldKeys.FirstName, FieldKeys.LastName, FieldKeys.Email, FieldKeys.City, FieldKeys.Company];

    public static IReadOnlyList<FieldDefinition> Of(Entity entity) => entity switch
    {
        Entity.Company => Company,
        Entity.Contact => Contact,
        _ => [],
    };

    /// <summary>Values that people type; null clears the field.</summary>
    public static IReadOnlyList<string?> Values(string field) => field switch
    {
        FieldKeys.Name => ["Acme", "Acme Inc.", "Bäcker & Söhne", "Cyberdyne Systems", "Delta", "Echo 🚀 Labs", "Foxtrot Ltd"],
        FieldKeys.Phone => [null, "(212) 555-0101", "+1 212 555 0102", "212.555.0103", "2125550104", "212-555-0105 x7", "1-212-555-0101"],
        FieldKeys.Website => [null, "acme.example", "https://www.delta.example/", "echo.example", "http://facebook.com/foxtrot"],
        FieldKeys.FirstName => ["Ann", "Bob", "Çelik", "Dee"],
        FieldKeys.LastName => ["Smith", "O'Neil", "Åkesson", "Doe"],
        FieldKeys.Email => [null, "ann@acme.example", "Bob@delta.example", "celik@echo.example", "dee@foxtrot.example", "info@acme.example", "bob@DELTA.example"],
        FieldKeys.City => [null, "Boston", "Springfield-on-the-Water", "Ålesund", "New York"],
        _ => [null, "one", "two"],
    };

    /// <summary>What the CRM makes of a text: it has room for twelve signs only (F18).</summary>
    public static string? Stored(string field, string? value) =>
        field == FieldKeys.City && value is { Length: > 12 } ? value[..12] : value;

    private static FieldDefinition Of(string key, FieldKind kind) => new() { Key = key, Label = key, Kind = kind };
}
