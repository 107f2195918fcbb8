using CrmSync.Core.Planning;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Setup;
using CrmSync.Standalone.Client;

namespace CrmSync.EndToEnd.Accounting;

/// <summary>Every record is accounted for.</summary>
[Collection(ImportedAccount.Name)]
public sealed class AccountingTests(ImportedAccount account)
{
    public static TheoryData<string> StageNames => [.. Stages.All.Select(Stages.NameOf)];

    [Theory]
    [MemberData(nameof(StageNames))]
    public void Report_OfEachStage_AddsUpToWhatConnectWiseHas_IM9(string stage)
    {
        var report = account.Run.Report!.Stages.Single(each => each.Stage == stage);
        var entity = Stages.Parse(stage)!.Value;

        Assert.Equal(account.World.ConnectWise.Account.Count(Rulebook.ListOf(entity)), report.Read);
        Assert.Equal(report.Read, report.Accounted());
        Assert.Null(report.Incomplete);
        Assert.Equal(0, report.Failed);
    }

    [Theory]
    [MemberData(nameof(StageNames))]
    public void Log_OfEachStage_HoldsEveryRecordOnceAndAgreesWithTheReport_IM9(string stage)
    {
        var report = account.Run.Report!.Stages.Single(each => each.Stage == stage);
        var entity = Stages.Parse(stage)!.Value;
        var lines = account.Of(entity).ToList();

        Assert.Equal(account.World.ConnectWise.Account.Ids(Rulebook.ListOf(entity)).Select(id => (long)id), lines.Select(line => line.Id.Value).Order());
        Assert.Equal(report.Created, lines.Count(line => line.Outcome == Outcome.Created));
        Assert.Equal(report.Linked, lines.Count(line => line.Outcome == Outcome.Linked));
        Assert.Equal(report.Review, lines.Count(line => line.Outcome == Outcome.Review));
        Assert.Equal(
            report.Skipped.ToDictionary(),
            lines.Where(line => line.Outcome == Outcome.Skipped).GroupBy(line => line.Reason!).ToDictionary(group => group.Key, group => (long)group.Count()));
        Assert.All(lines.Where(line => line.Outcome is Outcome.Skipped or Outcome.Review), line => Assert.NotNull(Reason.Find(line.Reason)));
    }

    [Theory]
    [MemberData(nameof(StageNames))]
    public void Log_OfEachStage_SkipsWhatTheRulesSkip_IM3_IM4_CO1_AC1_AC2_AC3(string stage)
    {
        var entity = Stages.Parse(stage)!.Value;

        Assert.All(account.Of(entity), line =>
            Assert.Equal(
                account.Rules.SkipReason(entity, account.Rules.Document(entity, line.Id.Value)), line.Outcome == Outcome.Skipped ? line.Reason : null));
        Assert.Contains(account.Of(entity), line => line.Outcome == Outcome.Skipped);
    }

    [Fact]
    public async Task Explain_AnyIdOfTheAccount_AnswersAsTheLogDoes_IM9()
    {
        await Parallel.ForEachAsync(account.Log.Values, new ParallelOptions { MaxDegreeOfParallelism = 3 }, async (line, cancellation) =>
        {
            var answer = await account.World.Tenant.ExplainAsync(Stages.NameOf(line.Entity), line.Id.ToString(), crm: false, cancellation);

            Assert.Equal(account.Run.Id, answer.Run);
            Assert.Equal((line.Outcome, line.Reason, line.Crm), (answer.Entry!.Outcome, answer.Entry.Reason, answer.Entry.Crm));
            Assert.Equal(line.Outcome is Outcome.Created or Outcome.Linked, answer.InCrm);
            Assert.Equal(answer.InCrm ? line.Crm : null, answer.Crm);
            Assert.NotEmpty(answer.Answer);
            Assert.Equal(Reason.Find(line.Reason)?.Remedy, answer.Remedy);
        });
    }

    [Theory]
    [MemberData(nameof(StageNames))]
    public async Task Explain_AnIdThatDoesNotExist_IsNotFound_IM9(string stage)
    {
        var refused = await Assert.ThrowsAsync<ApiException>(() => account.World.Tenant.ExplainAsync(stage, "987654321", crm: false, CancellationToken.None));

        Assert.Equal((404, "record-unknown"), (refused.Problem.Status, refused.Problem.Code));
    }

    [Fact]
    public void Links_AreOneToOneAndLeadToRecordsOfTheLog_CO5()
    {
        Assert.DoesNotContain(account.Links.GroupBy(link => (link.Key.Entity, link.Value)), group => group.Count() > 1);
        Assert.All(account.Links.Where(link => link.Key.Entity != Entity.User), link =>
        {
            var line = account.Log[link.Key];
            Assert.Equal(link.Value, line.Crm);
            Assert.True(line.Outcome is Outcome.Created or Outcome.Linked);
            Assert.NotNull(account.Crm.Find(link.Key.Entity, link.Value));
        });
        Assert.All(Stages.All, stage => Assert.Equal(account.BroughtIn(stage).Count(), account.Links.Count(link => link.Key.Entity == stage)));
    }
}
