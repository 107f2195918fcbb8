using CrmSync.Simulator.Conditions;
using CrmSync.Simulator.Records;

namespace CrmSync.Simulator.Lists;

/// <summary>Orders records by their fields. Equal ones stay in the order of their ids; empty values come first.</summary>
internal static class RecordOrder
{
    public static string KeyOf(Ordering ordering) =>
        $"{ordering.Path.Root.Name}/{string.Join('/', ordering.Path.Members.Select(m => m.Name))}{(ordering.IsDescending ? " desc" : "")}";

    public static IEnumerable<RecordKey> Sort(IEnumerable<RecordKey> keys, RecordSource source, IReadOnlyList<Ordering> order)
    {
        IOrderedEnumerable<RecordKey>? sorted = null;
        foreach (var ordering in order)
        {
            FieldValue Value(RecordKey key) => ConditionEvaluator.Inward(source.Read(key, ordering.Path.Root), ordering.Path.Members);
            sorted = (sorted, ordering.IsDescending) switch
            {
                (null, false) => keys.OrderBy(Value, ValueOrder.Instance),
                (null, true) => keys.OrderByDescending(Value, ValueOrder.Instance),
                (_, false) => sorted.ThenBy(Value, ValueOrder.Instance),
                (_, true) => sorted.ThenByDescending(Value, ValueOrder.Instance),
            };
        }

        return sorted ?? keys;
    }

    private sealed class ValueOrder : IComparer<FieldValue>
    {
        public static readonly ValueOrder Instance = new();

        public int Compare(FieldValue x, FieldValue y)
        {
            if (x.IsNull || y.IsNull)
            {
                return y.IsNull.CompareTo(x.IsNull);
            }

            return x.Kind switch
            {
                ValueKind.Text when y.Kind == ValueKind.Text => string.Compare(x.Text, y.Text, StringComparison.OrdinalIgnoreCase),
                ValueKind.Integer or ValueKind.Number => x.Number.CompareTo(y.Number),
                ValueKind.Boolean => x.Boolean.CompareTo(y.Boolean),
                ValueKind.Date => x.UnixSeconds.CompareTo(y.UnixSeconds),
                ValueKind.Text or ValueKind.Null or ValueKind.Link or ValueKind.Keyed or ValueKind.Inline or ValueKind.Array => 0,
            };
        }
    }
}
