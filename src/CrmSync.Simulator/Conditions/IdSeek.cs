using CrmSync.Simulator.Records;

namespace CrmSync.Simulator.Conditions;

/// <summary>
/// What a condition says about ids, so that a list starts where the answer can start. It never leaves out a record that the condition
/// is true of; <see cref="Rest"/> is what remains to be evaluated.
/// </summary>
/// <param name="Least">No lower id can match.</param>
/// <param name="Most">No higher id can match.</param>
/// <param name="Ids">When given, only these can match; ascending, each once.</param>
internal sealed record IdSeek(long Least, long Most, int[]? Ids)
{
    public static readonly IdSeek Everything = new(int.MinValue, int.MaxValue, null);

    public static IdSeek From(Condition? condition, FieldDefinition id) => condition switch
    {
        Condition.And and => From(and.Left, id).And(From(and.Right, id)),
        Condition.Test test when test.Path.Root == id && !test.IsNegated => From(test),
        _ => Everything,
    };

    /// <summary>What is left of a condition once the seek is kept; null when nothing is.</summary>
    public static Condition? Rest(Condition condition, FieldDefinition id) => condition switch
    {
        Condition.And and => (Rest(and.Left, id), Rest(and.Right, id)) switch
        {
            (null, var right) => right,
            (var left, null) => left,
            var (left, right) => new Condition.And(left, right),
        },
        Condition.Test test when test.Path.Root == id && !test.IsNegated && IsExact(test) => null,
        _ => condition,
    };

    /// <summary>Also only ids above <paramref name="id"/>.</summary>
    public IdSeek After(long id) => this with { Least = Math.Max(Least, id + 1) };

    private static IdSeek From(Condition.Test test)
    {
        if (System.Array.Exists(test.Values, v => v.Kind != LiteralKind.Number))
        {
            return Everything;
        }

        var value = test.Values[0].Number;
        return test.Operation switch
        {
            Comparison.Equal => Everything with { Least = Up(value), Most = Down(value) },
            Comparison.Less => Everything with { Most = Up(value) - 1 },
            Comparison.LessOrEqual => Everything with { Most = Down(value) },
            Comparison.Greater => Everything with { Least = Down(value) + 1 },
            Comparison.GreaterOrEqual => Everything with { Least = Up(value) },
            Comparison.In => Everything with { Ids = [.. test.Values.Select(v => v.Number).Where(IsId).Select(n => (int)n).Distinct().Order()] },
            Comparison.NotEqual or Comparison.Contains or Comparison.Like => Everything,
        };
    }

    private IdSeek And(IdSeek other) => new(
        Math.Max(Least, other.Least),
        Math.Min(Most, other.Most),
        Ids is null ? other.Ids : other.Ids is null ? Ids : [.. Ids.Intersect(other.Ids)]);

    private static bool IsExact(Condition.Test test) =>
        System.Array.TrueForAll(test.Values, v => v.Kind == LiteralKind.Number && Math.Abs(v.Number) < int.MaxValue)
        && test.Operation is Comparison.Equal or Comparison.Less or Comparison.LessOrEqual or Comparison.Greater or Comparison.GreaterOrEqual or Comparison.In;

    private static bool IsId(double number) => number is >= 0 and <= int.MaxValue && number == Math.Floor(number);

    private static long Up(double number) => (long)Math.Ceiling(Math.Clamp(number, int.MinValue, int.MaxValue));

    private static long Down(double number) => (long)Math.Floor(Math.Clamp(number, int.MinValue, int.MaxValue));
}
