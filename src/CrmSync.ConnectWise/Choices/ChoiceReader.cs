using System.Text.Json;
using CrmSync.ConnectWise.Conditions;
using CrmSync.ConnectWise.Paging;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.ConnectWise.Choices;

/// <summary>Reads the set-up tables whose entries an administrator maps, live (SU-9).</summary>
internal sealed class ChoiceReader(ListReader lists)
{
    /// <summary>The choices for one entity. Tables that the entity does not have stay empty.</summary>
    public async Task<ConnectWiseChoices> ReadAsync(Entity entity, CancellationToken cancellation)
    {
        var tables = SetupTables.Of(entity);
        return new ConnectWiseChoices
        {
            Types = await ReadAsync(tables.Types, cancellation).ConfigureAwait(false),
            Statuses = await ReadAsync(tables.Statuses, cancellation).ConfigureAwait(false),
            Stages = await ReadAsync(tables.Stages, cancellation).ConfigureAwait(false),
            Categories = await ReadAsync(tables.Categories, cancellation).ConfigureAwait(false),
            BillingCycles = await ReadAsync(tables.BillingCycles, cancellation).ConfigureAwait(false),
        };
    }

    /// <summary>
    /// The company statuses that mean inactive: those flagged so, and one that is called so, since tenants do not always set the flag
    /// on ConnectWise's own "Inactive".
    /// </summary>
    public async Task<IReadOnlyList<long>> ReadInactiveStatusesAsync(CancellationToken cancellation)
    {
        var statuses = await ReadAsync(SetupTables.Of(Entity.Company).Statuses, cancellation).ConfigureAwait(false);
        return [.. statuses.Where(s => s.Inactive || s.Name.Equals("Inactive", StringComparison.OrdinalIgnoreCase)).Select(s => s.Id)];
    }

    private async Task<IReadOnlyList<Choice>> ReadAsync(string? path, CancellationToken cancellation)
    {
        if (path is null)
        {
            return [];
        }

        var entries = await lists.ReadAllAsync(new ListQuery { Path = path }, cancellation).ConfigureAwait(false);
        return [.. entries.Select(Of)];
    }

    /// <summary>Set-up tables call their name <c>name</c> or <c>description</c> (contact and opportunity types).</summary>
    private static Choice Of(JsonElement entry)
    {
        var id = entry.GetProperty("id").GetInt64();
        var name = Text(entry, "name") ?? Text(entry, "description") ?? Text(entry, "identifier") ?? QueryText.Number(id);
        return new Choice(id, name, entry.TryGetProperty("inactiveFlag", out var inactive) && inactive.ValueKind == JsonValueKind.True);
    }

    private static string? Text(JsonElement entry, string member) =>
        entry.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? Canonical.Text(value.GetString()) : null;
}
