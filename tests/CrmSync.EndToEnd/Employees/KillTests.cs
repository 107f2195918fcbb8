using CrmSync.Core.Employees;
using CrmSync.Core.Runs;
using CrmSync.Mail.Tests.Support;

namespace CrmSync.EndToEnd.Employees;

/// <summary>L5, EM-7, EM-10: a real process of the server, really killed in the middle of its own daily sync.</summary>
public sealed class KillTests(Undisturbed undisturbed) : IClassFixture<Undisturbed>
{
    private const int Seed = 411;

    [NodeTheory]
    [InlineData(DirectoryKind.BuiltIn, Place.ConnectWise, 2)]
    [InlineData(DirectoryKind.BuiltIn, Place.ConnectWise, 9)]
    [InlineData(DirectoryKind.BuiltIn, Place.Mail, 3)]
    [InlineData(DirectoryKind.BuiltIn, Place.Mailed, 4)]
    [InlineData(DirectoryKind.Scim, Place.DirectoryRead, 1)]
    [InlineData(DirectoryKind.Scim, Place.Create, 1)]
    [InlineData(DirectoryKind.Scim, Place.Created, 5)]
    [InlineData(DirectoryKind.Scim, Place.Changed, 3)]
    [InlineData(DirectoryKind.Scim, Place.Mailed, 1)]
    public async Task Serve_KilledInTheMiddleOfASync_GoesOnByItselfAndCreatesAndInvitesNobodyTwice_L5(DirectoryKind kind, Place place, int number)
    {
        var (expected, mailed) = await undisturbed.OfAsync(kind, Seed);
        await using var world = await EmployedWorld.ReadyAsync(kind, Seed);
        var cut = world.CutAt(place, number);
        using (var serve = await world.ServeAsync())
        {
            await cut;
            await serve.KillAsync();
        }

        world.Release();
        Run ended;
        using (var serve = await world.ServeAsync())
        {
            ended = await EmployedWorld.EndedAsync(serve);
            await Undisturbed.AssertNothingLeftAsync(world, serve);
            await serve.KillAsync();
        }

        var (state, sent) = (await world.StateAsync(ended), await world.MailedAsync());
        Assert.Equal(expected.Employees, state.Employees);
        Assert.Equal(expected.Links, state.Links);
        Assert.Equal(expected.Report, state.Report);
        Assert.Equal(sent.Distinct(), sent);
        Assert.Equal(mailed, sent.Union(state.Unknown).Order(StringComparer.Ordinal));
        Assert.Equal(mailed, state.Invited.Concat(state.Unknown).Order(StringComparer.Ordinal));
        Assert.Equal(place is Place.Mail or Place.Mailed ? 1 : 0, state.Unknown.Count);
        Assert.Equal(state.Unknown.Count, ended.Report!.Employees!.InvitationsUnknown.Count);
    }
}
