using System.Text.Json.Nodes;
using CrmSync.Scim.Client;
using CrmSync.Scim.Discovery;
using CrmSync.Scim.Reading;

namespace CrmSync.Scim.Tests.Reading;

/// <summary>One reading by index or cursor: what it asks for, and when it takes what came for the whole (C1, C3, PL-4).</summary>
public sealed class PageWalkTests
{
    private static readonly ServerProfile Profile = new() { PageSize = 3, Sort = true };

    [Fact]
    public void Index_QuietDirectory_OverlapsPagesByOneAndIsWhole()
    {
        var walk = new IndexWalk(Profile, lenient: false);

        Assert.Equal("startIndex=1&count=3&sortBy=id&sortOrder=ascending", walk.Next);
        walk.Take(Page(5, "a", "b", "c"));
        Assert.StartsWith("startIndex=3&", walk.Next, StringComparison.Ordinal);
        walk.Take(Page(5, "c", "d", "e"));

        Assert.Equal((null, null), (walk.Next, walk.Doubt));
    }

    [Fact]
    public void Index_EmptyDirectory_IsWhole()
    {
        var walk = new IndexWalk(Profile, lenient: false);

        walk.Take(Page(0));

        Assert.Equal((null, null), (walk.Next, walk.Doubt));
    }

    [Fact]
    public void Index_OneLeftAndOneCame_IsNoticedThoughTheTotalStands_C1()
    {
        var walk = new IndexWalk(Profile, lenient: false);
        walk.Take(Page(5, "a", "b", "c"));

        walk.Take(Page(5, "d", "e", "f"));

        Assert.NotNull(walk.Doubt);
        Assert.Null(walk.Next);
    }

    [Fact]
    public void Index_TotalChanges_IsDoubted_C1()
    {
        var walk = new IndexWalk(Profile, lenient: false);
        walk.Take(Page(5, "a", "b", "c"));

        walk.Take(Page(6, "c", "d", "e"));

        Assert.NotNull(walk.Doubt);
    }

    [Fact]
    public void Index_ListEndsBeforeItsTotal_IsIncomplete_C3()
    {
        var walk = new IndexWalk(Profile, lenient: true);
        walk.Take(Page(9, "a", "b", "c"));
        walk.Take(Page(9, "c"));

        Assert.Null(walk.Next);
        Assert.NotNull(walk.Doubt);
    }

    [Fact]
    public void Index_NoFirmOrder_IsWholeWhenLenientAndAllWereSeen()
    {
        var walk = new IndexWalk(Profile, lenient: true);
        walk.Take(Page(4, "c", "a", "b"));
        walk.Take(Page(4, "a", "d"));

        Assert.Equal((null, null), (walk.Next, walk.Doubt));
    }

    [Fact]
    public void Index_NoTotal_EndsWhereNobodyNewComes()
    {
        var walk = new IndexWalk(Profile, lenient: false);
        walk.Take(Page(null, "a", "b", "c"));
        walk.Take(Page(null, "c", "d"));
        Assert.NotNull(walk.Next);
        walk.Take(Page(null, "d"));

        Assert.Equal((null, null), (walk.Next, walk.Doubt));
    }

    [Fact]
    public void Index_UserWithoutId_IsDoubted()
    {
        var walk = new IndexWalk(Profile, lenient: true);

        walk.Take(new ListPage([new JsonObject { ["userName"] = "x" }], 1, null));

        Assert.NotNull(walk.Doubt);
    }

    [Fact]
    public void Cursor_Pages_KeepAllOtherParametersAndEndWithoutACursor()
    {
        var walk = new CursorWalk(Profile);
        Assert.Equal("count=3&cursor=", walk.Next);
        walk.Take(Page(null, "a", "b") with { NextCursor = "x/1" });
        Assert.Equal("count=3&cursor=x%2F1", walk.Next);
        walk.Take(Page(null, "c"));

        Assert.Equal((null, null), (walk.Next, walk.Doubt));
    }

    [Fact]
    public void Cursor_InACircle_IsDoubted()
    {
        var walk = new CursorWalk(Profile);
        walk.Take(Page(null, "a") with { NextCursor = "x" });
        walk.Take(Page(null, "b") with { NextCursor = "x" });

        Assert.Null(walk.Next);
        Assert.NotNull(walk.Doubt);
    }

    [Fact]
    public void Cursor_FewerThanCounted_IsIncomplete_C3()
    {
        var walk = new CursorWalk(Profile);
        walk.Take(Page(3, "a"));

        Assert.NotNull(walk.Doubt);
    }

    [Theory]
    [InlineData("expiredCursor", true)]
    [InlineData("InvalidCursor", true)]
    [InlineData("invalidFilter", false)]
    public void Cursor_TooOld_BeginsAnew(string scimType, bool stale) => Assert.Equal(stale, CursorWalk.IsStale(Faults.Refused(400, scimType, "no")));

    [Theory]
    [InlineData("""{"totalResults":0}""", 0)]
    [InlineData("""{"schemas":["x"]}""", 0)]
    [InlineData("""{"resources":[{"id":"1"}]}""", 1)]
    [InlineData("""{"totalResults":"1","Resources":[{"id":"1"}]}""", 1)]
    [InlineData("[]", null)]
    [InlineData("""{"error":"x"}""", null)]
    public void ListPage_AnySpelling_IsReadOrNoList(string json, int? users) =>
        Assert.Equal(users, ListPage.Read(ScimJson.Parse(System.Text.Encoding.UTF8.GetBytes(json)))?.Users.Count);

    private static ListPage Page(int? total, params string[] ids) => new([.. ids.Select(id => new JsonObject { ["id"] = id })], total, null);
}
