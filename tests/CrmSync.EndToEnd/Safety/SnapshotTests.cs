using CrmSync.EndToEnd.Resuming;

namespace CrmSync.EndToEnd.Safety;

/// <summary>What the links remember is what the sides hold.</summary>
public sealed class SnapshotTests(Template template) : IClassFixture<Template>
{
    [Fact]
    public void Snapshot_AfterAnImport_PointsToRecordsAndNotToPlans_ME3()
    {
        Assert.NotEmpty(template.Undisturbed.Links);
        Assert.DoesNotContain("nowhere:", template.Undisturbed.Links, StringComparison.Ordinal);
    }
}
