using CrmSync.Standalone.Console;

namespace CrmSync.Standalone.Tests.Console;

public sealed class WrappedTests
{
    [Fact]
    public void Lines_LongText_BreaksBetweenWordsUnderTheHead() =>
        Assert.Equal(["error: one two", "       three", "       four"], Wrapped.Lines("error: ", ["one two three", "four"], 14));

    [Fact]
    public void Lines_WordLongerThanALine_StaysWhole() =>
        Assert.Equal(["> /a/very/long/path", "  end"], Wrapped.Lines("> ", ["/a/very/long/path end"], 10));
}
