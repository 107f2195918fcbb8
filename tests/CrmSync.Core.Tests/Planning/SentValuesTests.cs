using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Setup;
using static CrmSync.Core.Tests.Planning.World;

namespace CrmSync.Core.Tests.Planning;

/// <summary>Writes that were sent and that nobody confirmed.</summary>
public sealed class SentValuesTests
{
    private const string Old = "Tampa";
    private const string New = "Springfield-on-Sea";

    public enum Fate
    {
        Lost,
        Arrived,
        Shortened,
    }

    [Theory]
    [InlineData(Fate.Lost, New, New)]
    [InlineData(Fate.Lost, Old, null)]
    [InlineData(Fate.Arrived, New, null)]
    [InlineData(Fate.Arrived, Old, Old)]
    [InlineData(Fate.Shortened, New, New)]
    [InlineData(Fate.Shortened, Old, Old)]
    [InlineData(Fate.Arrived, "Paris", "Paris")]
    public void Plan_AfterAWriteThatNobodyConfirmed_FollowsConnectWise_ME6_L1(Fate fate, string today, string? written)
    {
        var world = Linked();
        world.ConnectWise = Company([1], ("name", "Acme"), ("city", New));
        world.Send(world.Plan(), Arrived(fate));
        world.ConnectWise = Company([1], ("name", "Acme"), ("city", today));

        var line = world.Plan();

        Assert.Equal(written is null ? Outcome.Unchanged : Outcome.Updated, line.Entry.Outcome);
        Assert.Equal(written, line.Operation!.Write[FieldKeys.City]);
        world.Apply(line);
        Assert.Null(world.Plan().Operation);
        Assert.Equal(today, world.Crm!.Fields[FieldKeys.City]);
    }

    [Fact]
    public void Plan_AfterTwoWritesThatNobodyConfirmed_KnowsBoth_ME6()
    {
        var world = Linked();
        world.ConnectWise = Company([1], ("name", "Acme Inc"), ("city", New));
        world.Send(world.Plan(), Arrived(Fate.Arrived));
        world.ConnectWise = Company([1], ("name", "Acme Inc"), ("city", "Paris"));
        world.Send(world.Plan(), Arrived(Fate.Lost));
        world.ConnectWise = Company([1], ("name", "Acme"), ("city", Old));

        var line = world.Plan();

        Assert.Equal([new("name", "Acme"), new("city", Old)], line.Operation!.Write);
    }

    [Fact]
    public void Plan_AUsersEditOfAnotherField_IsHeldAllTheSame_ME1()
    {
        var world = Linked();
        world.ConnectWise = Company([1], ("name", "Acme"), ("city", New));
        world.Send(world.Plan(), Arrived(Fate.Arrived));
        world.Crm = InCrm(Noon.AddDays(11), ("name", "Acme of Tampa"), ("city", New), ("type", "Client"));
        world.ConnectWise = Company([1], ("name", "Acme"), ("city", Old));

        var line = world.Plan();

        Assert.Equal([new("city", Old)], line.Operation!.Write);
        Assert.Contains(line.Entry.Changes, change => change is { Field: "name", Note: "held" });
    }

    [Fact]
    public void Plan_ListOfATypeThatWentBack_IsJoinedAgain_CT4()
    {
        var world = Linked();
        world.List = "Clients";
        world.Apply(world.Plan());
        world.List = "Partners";
        world.Send(world.Plan(), Arrived(Fate.Arrived));
        world.List = "Clients";

        var line = world.Plan();

        Assert.Equal(("Clients", "Partners"), (line.Operation!.JoinList, line.Operation.LeaveList));
        world.Apply(line);
        Assert.Null(world.Plan().Operation);
    }

    private static World Linked()
    {
        var world = new World(new FieldMapping(FieldKeys.Name, FieldKeys.Name), new FieldMapping(FieldKeys.City, FieldKeys.City))
        {
            ConnectWise = Company([1], ("name", "Acme"), ("city", Old)),
        };
        world.Apply(world.Plan());
        return world;
    }

    private static Func<string?, string?>? Arrived(Fate fate) => fate switch
    {
        Fate.Lost => null,
        Fate.Arrived => value => value,
        Fate.Shortened => value => value?[..Math.Min(8, value.Length)],
    };
}
