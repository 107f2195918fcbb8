using CrmSync.Core.Workflows.Import;

namespace CrmSync.Core.Tests.Workflows;

/// <summary>How the pages of a stage are laid out in slices.</summary>
public sealed class OpeningTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Slices_OfAnyPages_CoverEveryIdOnceAndGetShorterTowardsTheEnd_PL4(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var pages = Enumerable.Range(0, random.Next(1, 300)).Select(_ => (long)random.Next(1, 50)).Aggregate(
                new List<long> { 0 }, (starts, width) => [.. starts, starts[^1] + width]);
            var (most, atOnce) = (random.Next(1, 12), random.Next(1, 9));

            var slices = Opening.Slices(pages, most, atOnce);

            var place = $"Seed {seed}, round {round}.";
            Assert.True(slices.Select(slice => slice.Range.After).SequenceEqual([0, .. slices.SkipLast(1).Select(slice => slice.Range.UpTo!.Value)]), place);
            Assert.True(slices[^1].Range.UpTo is null, place);
            var left = pages.Count;
            foreach (var slice in slices)
            {
                var length = pages.Count(start => slice.Range.Contains(new(start + 1)));
                Assert.True(length >= 1 && length <= most && length <= Math.Ceiling((double)left / atOnce), place);
                left -= length;
            }

            Assert.True(left == 0, place);
        }
    }
}
