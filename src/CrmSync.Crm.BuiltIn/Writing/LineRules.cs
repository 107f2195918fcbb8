using System.Text.Json;
using CrmSync.Core.Records;

namespace CrmSync.Crm.BuiltIn.Writing;

/// <summary>What line items refer to.</summary>
internal static class LineRules
{
    /// <summary>The solutions that the lines of a text sell; none where the text is no list of lines, which its field's rule refuses.</summary>
    public static IReadOnlyList<string> Solutions(string? text)
    {
        try
        {
            return [.. LineItem.Read(text).Select(line => line.Solution).OfType<string>()];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
