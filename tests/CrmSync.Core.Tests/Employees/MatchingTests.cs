using CrmSync.Core.Employees;
using CrmSync.Core.Planning;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Tests.Employees.Fakes;
using CrmSync.Core.Tests.Setup.Fakes;
using static CrmSync.Core.Tests.Employees.Fakes.EmployeeWorld;

namespace CrmSync.Core.Tests.Employees;

/// <summary>EM-5 over all members together: never a guess, and no employee for two.</summary>
public sealed class MatchingTests
{
    private static readonly EmployeeSettings All = new() { MemberTypes = null, Status = MemberStatus.All };

    private readonly MemoryDirectory _directory = new();

    [Fact]
    public void Employees_SeveralMatch_GoToReviewWithTheCandidates_EM5()
    {
        _directory.Add("m1@example.com", "M1");
        _directory.Add("m1@example.com", "M1\nX");

        var line = Assert.Single(Plan(Member(1)));

        Assert.Equal((Outcome.Review, "employee-ambiguous", 2), (line.Entry.Outcome, line.Entry.Reason, line.Entry.Candidates.Count));
        Assert.Null(line.Operation);
    }

    [Fact]
    public void Members_TwoOfOneEmployee_BothGoToReview_EM5()
    {
        _directory.Add("same@example.com", "same@example.com");

        Assert.All(Plan(Member(1, email: "same@example.com"), Member(2, email: "same@example.com")),
            line => Assert.Equal((Outcome.Review, "employee-contested"), (line.Entry.Outcome, line.Entry.Reason)));
    }

    [Fact]
    public void Members_NewWithOneAddress_AreNotCreatedTwice_EM5()
    {
        var lines = Plan(Member(1, email: "same@example.com"), Member(2, email: "SAME@example.com"), Member(3));

        Assert.Equal(["email-shared", "email-shared", null], lines.Select(line => line.Entry.Reason));
        Assert.Equal(Outcome.Created, lines[2].Entry.Outcome);
    }

    [Fact]
    public void Members_NewWithOneAddressAndOneOfThemActive_TheActiveOneIsCreated_EM5()
    {
        var lines = Plan(Member(1, email: "same@example.com", inactive: true), Member(2, email: "same@example.com"));

        Assert.Equal([Outcome.Review, Outcome.Created], lines.Select(line => line.Entry.Outcome));
    }

    [Fact]
    public void Employee_LinkedToAnother_IsNeverGivenAgain_EM5()
    {
        var employee = _directory.Add("m1@example.com", "M1\nM2\nm1@example.com");
        var link = new Link
        {
            ConnectWise = new(1),
            Crm = employee.Id,
            ConnectWiseSnapshot = [],
            CrmSnapshot = [],
            Run = new("r"),
        };

        var line = Plan([link], Member(1), Member(2, email: "m1@example.com"))[1];

        Assert.Equal((Outcome.Review, "employee-linked-elsewhere"), (line.Entry.Outcome, line.Entry.Reason));
    }

    [Fact]
    public void Employee_ThatTheSyncCreated_IsLinkedByItsKeyWhateverItsAddress()
    {
        var employee = _directory.Add("renamed@example.com", null, externalKey: "cw:acme:employee:1");

        var line = Assert.Single(Plan(Member(1)));

        Assert.Equal((Outcome.Linked, employee.Id, "external-key"), (line.Entry.Outcome, line.Entry.Crm, line.Entry.MatchedBy));
    }

    [Fact]
    public void Employee_WithTheAddressWrittenDifferently_IsReviewedAndNothingIsCreatedBeside_EM5()
    {
        _directory.Add("M1@Example.com", "other");

        Assert.Equal((Outcome.Review, "email-written-differently"), Assert.Single(Plan(Member(1)).Select(line => (line.Entry.Outcome, line.Entry.Reason))));
    }

    [Fact]
    public void Member_WithoutAnAddress_IsSkipped() => Assert.Equal(
        (Outcome.Skipped, "member-without-email"),
        Assert.Single(Plan(Member(1, email: null)).Select(line => (line.Entry.Outcome, line.Entry.Reason))));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Plan_WhateverTheOrder_IsTheSame_D1(int seed)
    {
        for (var i = 1; i <= 12; i++)
        {
            _directory.Add(i % 3 == 0 ? "same@example.com" : $"m{i}@example.com", i % 4 == 0 ? null : $"M{i}");
        }

        var members = Enumerable.Range(1, 14).Select(id => Member(id, email: id % 5 == 0 ? "same@example.com" : "", inactive: id % 6 == 0)).ToList();
        var random = new Random(seed);
        var expected = Lines(members, _directory.Employees);

        Assert.Equal(expected, Lines([.. members.OrderBy(_ => random.Next())], [.. _directory.Employees.OrderBy(_ => random.Next())]));
    }

    [Fact]
    public void Employees_OfAnyPlan_AreGivenOnce_CO5()
    {
        var random = new Random(77);
        for (var round = 0; round < 300; round++)
        {
            var directory = new MemoryDirectory();
            for (var i = 0; i < 6; i++)
            {
                directory.Add($"m{random.Next(4)}@example.com", $"M{random.Next(4)}\nm{random.Next(4)}@example.com");
            }

            var members = Enumerable.Range(1, 6).Select(id => Member(id, $"M{random.Next(4)}", $"m{random.Next(4)}@example.com")).ToList();
            var linked = EmployeeWorld.Plan(All, new EmployeeObservations(members, directory.Employees, []))
                .Where(line => line.Entry.Outcome == Outcome.Linked).Select(line => line.Entry.Crm);
            Assert.Equal(linked.Distinct().Count(), linked.Count());
        }
    }

    private static List<string> Lines(List<ConnectWiseRecord> members, IReadOnlyCollection<CrmRecord> employees) =>
        [.. EmployeeWorld.Plan(All, new EmployeeObservations(members, employees, [])).OrderBy(line => line.Entry.Id).Select(CoreJson.Serialize)];

    private IReadOnlyList<PlanLine> Plan(params ConnectWiseRecord[] members) => Plan([], members);

    private IReadOnlyList<PlanLine> Plan(Link[] links, params ConnectWiseRecord[] members) =>
        EmployeeWorld.Plan(All, new EmployeeObservations(members, _directory.Employees, links));
}
