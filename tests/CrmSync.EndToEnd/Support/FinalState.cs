using System.Text.RegularExpressions;
using CrmSync.Core;
using CrmSync.Core.Runs;

namespace CrmSync.EndToEnd.Support;

/// <summary>What an import has come to, in a form in which two of the same account are equal.</summary>
/// <param name="Crm">The CRM's records.</param>
/// <param name="Links">The links with their snapshots.</param>
/// <param name="Report">The counts of all stages, and the writes.</param>
/// <param name="Export">The CRM's records one by one.</param>
internal sealed partial record FinalState(string Crm, string Links, string Report, CrmExport Export)
{
    public static string Counts(Run run) =>
        $"{run.State} {CoreJson.Serialize(run.Report?.Stages ?? [])} writes {run.Report?.Writes} {run.Failure}";

    /// <summary>The same CRM, the same links, the same report, and no key twice.</summary>
    public static void AssertSame(FinalState expected, FinalState actual, string when)
    {
        AssertSameState(expected, actual, when);
        Assert.True(expected.Report == actual.Report, $"{when}:\n{expected.Report}\n{actual.Report}");
    }

    /// <summary>
    /// The same CRM and the same links, whatever the report counts. Only blanks of snapshots may differ: a record that one run created and the next
    /// one links has not been seen to be blank where a reference leads nowhere.
    /// </summary>
    public static void AssertSameRecords(FinalState expected, FinalState actual, string when) =>
        AssertSameState(expected with { Links = Blank().Replace(expected.Links, "") }, actual with { Links = Blank().Replace(actual.Links, "") }, when);

    [GeneratedRegex("\"[^\"]+\":null,?")]
    private static partial Regex Blank();

    private static void AssertSameState(FinalState expected, FinalState actual, string when)
    {
        Assert.True(expected.Crm == actual.Crm, $"{when}: the CRM differs\n{Difference(expected.Crm, actual.Crm)}");
        Assert.True(expected.Links == actual.Links, $"{when}: the links differ\n{Difference(expected.Links, actual.Links)}");
        Assert.DoesNotContain(actual.Export.All.Select(entry => entry.Record.ExternalKey).OfType<string>().GroupBy(key => key), group => group.Count() > 1);
    }

    private static string Difference(string expected, string actual)
    {
        var (left, right) = (expected.Split('\n'), actual.Split('\n'));
        return string.Join('\n', left.Except(right).Take(4).Select(line => $"- {line}").Concat(right.Except(left).Take(4).Select(line => $"+ {line}")));
    }
}
