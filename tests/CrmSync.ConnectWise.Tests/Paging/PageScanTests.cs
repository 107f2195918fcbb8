using System.Text;
using CrmSync.ConnectWise.Errors;
using CrmSync.ConnectWise.Http;
using CrmSync.ConnectWise.Paging;

namespace CrmSync.ConnectWise.Tests.Paging;

public sealed class PageScanTests
{
    [Theory]
    [InlineData("[]", new long[0])]
    [InlineData(" \r\n[ {\"id\":1} , {\"name\":\"x\",\"id\":5} ]\n", new long[] { 1, 5 })]
    [InlineData("\uFEFF[{\"company\":{\"id\":99},\"id\":3,\"types\":[{\"id\":7}]}]", new long[] { 3 })]
    public void Page_CompleteAndAscending_GivesItsOwnIds(string json, long[] ids)
    {
        Assert.Null(Scan(json, out var found));
        Assert.Equal(ids, found);
    }

    [Theory]
    [InlineData("""[{"id":1},{"id":2}""")]
    [InlineData("""[{"id":1},{"id""")]
    [InlineData("[")]
    [InlineData("""[{"id":1}]]""")]
    [InlineData("""[{"id":1}] x""")]
    [InlineData("""[{"id":1},3]""")]
    [InlineData("""[{"id":1,}]""")]
    [InlineData("")]
    public void Page_IncompleteOrDamaged_IsTruncated(string json)
    {
        var rejection = Scan(json, out var ids);

        Assert.Equal(ConnectWiseErrorCategory.Truncated, rejection!.Category);
        Assert.Equal(RetryAdvice.WithBackoff, rejection.Advice);
        Assert.Empty(ids);
    }

    [Theory]
    [InlineData("""[{"id":2},{"id":1}]""")]
    [InlineData("""[{"id":1},{"id":1}]""")]
    [InlineData("""[{"id":0}]""")]
    [InlineData("""[{"id":101}]""")]
    [InlineData("""[{"id":1},{"id":2},{"id":3},{"id":4}]""")]
    [InlineData("""[{"name":"without"}]""")]
    [InlineData("""[{"id":"text"}]""")]
    public void Page_ContradictingTheRequest_IsInconsistent(string json) =>
        Assert.Equal(ConnectWiseErrorCategory.Inconsistent, Scan(json, out _)!.Category);

    [Theory]
    [InlineData("<html></html>")]
    [InlineData("Service unavailable")]
    [InlineData("""{"code":"x","message":"not a list"}""")]
    [InlineData("null")]
    public void Body_OfAnotherKind_IsNotConnectWise(string body) =>
        Assert.Equal(ConnectWiseErrorCategory.NotConnectWise, Scan(body, out _)!.Category);

    [Fact]
    public void Page_CutAnywhere_IsNeverTakenForComplete()
    {
        var whole = """[{"id":1,"name":"a","x":[1,{"y":null}]},{"id":2,"name":"é"}]""";
        var bytes = Encoding.UTF8.GetBytes(whole);

        for (var length = 0; length < bytes.Length; length++)
        {
            var answer = new ApiResponse { Status = 200, Body = bytes.AsMemory(0, length) };
            Assert.NotNull(PageScan.Scan(answer, 0, null, 3, out _));
        }
    }

    private static Rejection? Scan(string json, out long[] ids) =>
        PageScan.Scan(new ApiResponse { Status = 200, Body = Encoding.UTF8.GetBytes(json), ContentType = "application/json" }, 0, 100, 3, out ids);
}
