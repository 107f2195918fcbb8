using CrmSync.Core.Employees;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Tests.Employees.Fakes;

namespace CrmSync.Core.Tests.Employees;

/// <summary>
/// Every cell of EM-3 × EM-4 × EM-5. What is expected is written down here from the rules' own words: three tables, one a rule, and the order in which the
/// rules are asked. Nothing of it calls the product.
/// </summary>
public sealed class RuleTableTests
{
    // EM-3, word by word: what becomes of an active member, and of an inactive one.
    private static readonly Dictionary<(MemberStatus, bool Inactive), string> Wanted = new()
    {
        [(MemberStatus.Active, false)] = "active",
        [(MemberStatus.Active, true)] = "nobody",
        [(MemberStatus.All, false)] = "active",
        [(MemberStatus.All, true)] = "inactive",
        [(MemberStatus.Inactive, false)] = "inactive",
        [(MemberStatus.Inactive, true)] = "nobody",
    };

    // EM-4: none, one, several or all; the member's type is 1, or it has none.
    private static readonly Dictionary<(string Filter, bool HasType), bool> Chosen = new()
    {
        [("none", true)] = false,
        [("none", false)] = false,
        [("one", true)] = true,
        [("one", false)] = false,
        [("another", true)] = false,
        [("another", false)] = false,
        [("several", true)] = true,
        [("several", false)] = false,
        [("all", true)] = true,
        [("all", false)] = true,
    };

    private static readonly Dictionary<string, long[]?> Filters = new()
    {
        ["none"] = [],
        ["one"] = [1],
        ["another"] = [2],
        ["several"] = [2, 1],
        ["all"] = null,
    };

    // EM-5: the address of the employee that is there. The member's is "ann@example.com".
    private static readonly Dictionary<string, string?> Emails = new()
    {
        ["equal"] = "ann@example.com",
        ["other case"] = "Ann@example.com",
        ["other spaces"] = "ann @example.com",
        ["other sign"] = "ann@example-com",
        ["other"] = "someone@example.com",
        ["none"] = null,
    };

    // EM-5: the ids of the employee that is there. The member's are "Ann B-1" and its address.
    private static readonly Dictionary<string, string?> Ids = new()
    {
        ["equal"] = "Ann B-1",
        ["equal among others"] = "HR-77\nAnn B-1",
        ["other case"] = "ann b-1",
        ["other spaces"] = "Ann  B-1",
        ["no space"] = "AnnB-1",
        ["other sign"] = "Ann B_1",
        ["other"] = "Bob",
        ["none"] = null,
    };

    // EM-5 as a table of two questions: is the address equal, is an id equal, exactly?
    private static readonly Dictionary<(bool Email, bool Id), (Outcome Outcome, string? Reason)> Matched = new()
    {
        [(true, true)] = (Outcome.Linked, null),
        [(true, false)] = (Outcome.Skipped, "email-without-id"),
        [(false, true)] = (Outcome.Review, "id-without-email"),
        [(false, false)] = (Outcome.Created, null),
    };

    // What EM-5 leaves open: one mailbox in two spellings. README says that it is looked at by somebody.
    private static readonly string[] OneMailbox = ["other case", "other spaces"];

    public static TheoryData<MemberStatus, bool, string, bool, string?, string> Cells()
    {
        var cells = new TheoryData<MemberStatus, bool, string, bool, string?, string>();
        foreach (var status in Enum.GetValues<MemberStatus>())
        {
            foreach (var inactive in new[] { false, true })
            {
                foreach (var (filter, hasType) in Chosen.Keys)
                {
                    cells.Add(status, inactive, filter, hasType, null, "none");
                    foreach (var email in Emails.Keys)
                    {
                        foreach (var id in Ids.Keys)
                        {
                            cells.Add(status, inactive, filter, hasType, email, id);
                        }
                    }
                }
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Member_OfEachCell_ComesOutAsTheRulesSay_EM3_EM4_EM5(
        MemberStatus status, bool inactive, string filter, bool hasType, string? email, string id)
    {
        var member = EmployeeWorld.Member(7, "Ann B-1", "ann@example.com", hasType ? 1 : null, inactive);
        CrmRecord[] employees = email is null ? [] :
        [
            new CrmRecord
            {
                Id = new("e1"),
                Fields = new FieldValues
                {
                    [FieldKeys.Email] = Emails[email],
                    [FieldKeys.EmployeeIds] = Ids[id],
                    [FieldKeys.Active] = "true",
                },
            },
        ];

        var line = Assert.Single(EmployeeWorld.Plan(
            new EmployeeSettings { Status = status, MemberTypes = Filters[filter] }, new EmployeeObservations([member], employees, [])));

        var wanted = Wanted[(status, inactive)];
        var (sameEmail, sameId) = (email == "equal", id.StartsWith("equal", StringComparison.Ordinal));
        var (outcome, reason) = !Chosen[(filter, hasType)] ? (Outcome.Skipped, "type-not-selected")
            : wanted == "nobody" ? (Outcome.Skipped, "member-not-active")
            : email is null ? (Outcome.Created, null)
            : OneMailbox.Contains(email) && !sameId ? (Outcome.Review, "email-written-differently")
            : Matched[(sameEmail, sameId)];
        Assert.Equal((outcome, reason), (line.Entry.Outcome, line.Entry.Reason));
        Assert.Equal(outcome is Outcome.Created or Outcome.Linked, line.Operation is not null);
        if (outcome == Outcome.Created)
        {
            Assert.Equal(wanted == "active" ? "true" : "false", line.Operation!.Write[FieldKeys.Active]);
        }
        else if (outcome == Outcome.Linked)
        {
            // The employee that was there is active.
            Assert.Equal(wanted == "active" ? null : "false", line.Operation!.Write[FieldKeys.Active]);
        }
    }
}
