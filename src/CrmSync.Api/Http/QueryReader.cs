using System.Globalization;
using CrmSync.Core;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Setup;

namespace CrmSync.Api.Http;

/// <summary>Reads parameters of an address and keeps the first refusal.</summary>
internal sealed class QueryReader
{
    public const int DefaultLimit = 100;
    public const int HighestLimit = 1000;

    /// <summary>Why the parameters are refused; null where they are right.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>How many items a page may hold: 1 to 1,000.</summary>
    public int Limit(string? text)
    {
        if (text is null)
        {
            return DefaultLimit;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= HighestLimit)
        {
            return limit;
        }

        Refuse("limit-out-of-range", "The limit is no whole number from 1 to 1000.", "Give a limit from 1 to 1000, or none.", "limit");
        return DefaultLimit;
    }

    /// <summary>A stage of an import, or the employees; null for none.</summary>
    public Entity? Stage(string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (Stages.Parse(text) is { } entity && (entity == Entity.Employee || Stages.All.Contains(entity)))
        {
            return entity;
        }

        Refuse("stage-unknown", "There is no such stage.", $"Give one of {string.Join(", ", Stages.All.Select(Stages.NameOf))}.", "stage");
        return null;
    }

    /// <summary>An outcome; null for none.</summary>
    public Outcome? Outcome(string? text)
    {
        if (text is null)
        {
            return null;
        }

        foreach (var outcome in Enum.GetValues<Outcome>())
        {
            if (string.Equals(text, outcome.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return outcome;
            }
        }

        Refuse("outcome-unknown", "There is no such outcome.", $"Give one of {string.Join(", ", Enum.GetNames<Outcome>()).ToLowerInvariant()}.", "outcome");
        return null;
    }

    /// <summary>The id of a ConnectWise record; null for none.</summary>
    public ConnectWiseId? Id(string? text, string name)
    {
        var id = ConnectWiseId.TryParse(text);
        if (text is not null && id is null)
        {
            Refuse("id-invalid", $"\"{name}\" is no id of ConnectWise's.", "Give a positive whole number.", name);
        }

        return id;
    }

    /// <summary>The side of a record; ConnectWise where none is named.</summary>
    public Side Side(string? text)
    {
        if (text is null || string.Equals(text, "connectwise", StringComparison.OrdinalIgnoreCase))
        {
            return Core.Records.Side.ConnectWise;
        }

        if (!string.Equals(text, "crm", StringComparison.OrdinalIgnoreCase))
        {
            Refuse("side-unknown", "There is no such side.", "Give connectwise or crm.", "side");
        }

        return Core.Records.Side.Crm;
    }

    /// <summary>The place that a continuation names; null for the beginning.</summary>
    public string? Continuation(string? token, string list)
    {
        if (token is null)
        {
            return null;
        }

        var place = ContinuationToken.Read(list, token);
        Refusal ??= place.Refusal;
        return place.Value;
    }

    private void Refuse(string code, string message, string remedy, string field) =>
        Refusal ??= new Refusal(RefusalKind.Invalid, code, message, remedy) { Field = field };
}
