using CrmSync.Core.Records;

namespace CrmSync.Core.Setup;

/// <summary>Checks field mappings against the fields that both sides have now.</summary>
internal static class FieldRules
{
    public static IEnumerable<SetupProblem> Check(Entity entity, IReadOnlyList<FieldMapping>? mappings, LiveSides live)
    {
        var intoCrm = new HashSet<string>(StringComparer.Ordinal);
        var intoConnectWise = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < (mappings?.Count ?? 0); i++)
        {
            var mapping = mappings![i];
            var connectWise = live.ConnectWiseFields.FirstOrDefault(field => field.Key == mapping.ConnectWise);
            var crm = live.CrmFields.FirstOrDefault(field => field.Key == mapping.Crm);
            if (connectWise is null)
            {
                yield return Unknown("ConnectWise", mapping.ConnectWise, $"/fields/{i}/connectWise");
            }

            if (crm is null)
            {
                yield return Unknown("The CRM", mapping.Crm, $"/fields/{i}/crm");
            }

            var (toCrm, toConnectWise) = Ways(mapping.Direction);
            if (toCrm && !intoCrm.Add(mapping.Crm))
            {
                yield return Twice("CRM", mapping.Crm, $"/fields/{i}/crm");
            }

            if (toConnectWise && !intoConnectWise.Add(mapping.ConnectWise))
            {
                yield return Twice("ConnectWise", mapping.ConnectWise, $"/fields/{i}/connectWise");
            }

            if (connectWise is not null && crm is not null)
            {
                foreach (var problem in CheckPair(entity, mapping, connectWise, crm, i))
                {
                    yield return problem;
                }
            }
        }
    }

    private static IEnumerable<SetupProblem> CheckPair(Entity entity, FieldMapping mapping, FieldDefinition connectWise, FieldDefinition crm, int index)
    {
        var (toCrm, toConnectWise) = Ways(mapping.Direction);
        if (toCrm && crm.ReadOnly)
        {
            yield return ReadOnly("CRM", crm, "to-connectwise", $"/fields/{index}/crm");
        }

        if (!toCrm && toConnectWise && connectWise.ReadOnly)
        {
            yield return ReadOnly("ConnectWise", connectWise, "from-connectwise", $"/fields/{index}/connectWise");
        }

        // The standard pairs mean the same by definition, whatever kinds the two sides give them.
        if (DefaultMappings.Of(entity).Any(standard => standard.ConnectWise == mapping.ConnectWise && standard.Crm == mapping.Crm))
        {
            yield break;
        }

        if (toCrm && !FieldCompatibility.CanFlow(connectWise, crm))
        {
            yield return Unlike("ConnectWise", connectWise, "the CRM", crm, $"/fields/{index}");
        }
        else if (toConnectWise && !FieldCompatibility.CanFlow(crm, connectWise))
        {
            yield return Unlike("the CRM", crm, "ConnectWise", connectWise, $"/fields/{index}");
        }
    }

    private static (bool ToCrm, bool ToConnectWise) Ways(Direction direction) => direction switch
    {
        Direction.Both => (true, true),
        Direction.FromConnectwise => (true, false),
        Direction.ToConnectwise => (false, true),
        Direction.None => (false, false),
    };

    private static SetupProblem Unknown(string side, string key, string field) => new(
        "field-unknown", $"{side} has no field \"{key}\".", "Choose one of the step's fields, or leave this mapping out.", field);

    private static SetupProblem Twice(string side, string key, string field) => new(
        "field-mapped-twice", $"The {side} field \"{key}\" would be filled from two fields.", "Keep one of the two mappings, or change its direction.", field);

    private static SetupProblem ReadOnly(string side, FieldDefinition definition, string direction, string field) => new(
        "field-read-only", $"The {side} field \"{definition.Label}\" ({definition.Key}) cannot be written.", $"Give it the direction \"{direction}\" or \"none\".", field);

    private static SetupProblem Unlike(string fromSide, FieldDefinition from, string toSide, FieldDefinition to, string field) => new(
        "field-kinds-differ",
        $"\"{from.Label}\" ({from.Key}) of {fromSide} holds {Words(from)}, which \"{to.Label}\" ({to.Key}) of {toSide} cannot take: it holds {Words(to)}.",
        "Map it to a field of its own kind, or change the direction.", field);

    private static string Words(FieldDefinition definition) => definition.Kind switch
    {
        FieldKind.Text => "text",
        FieldKind.LongText => "long text",
        FieldKind.Number => "a number",
        FieldKind.Boolean => "yes or no",
        FieldKind.Date => "a day",
        FieldKind.DateTime => "a time",
        FieldKind.Phone => "a phone number",
        FieldKind.Email => "an e-mail address",
        FieldKind.Url => "a web address",
        FieldKind.Choice => "one of a list of names",
        FieldKind.TextList => "a list of texts",
        FieldKind.Reference => $"a reference to a record ({definition.References?.ToString().ToLowerInvariant()})",
        FieldKind.LineItems => "line items",
        FieldKind.Notes => "notes",
    };
}
