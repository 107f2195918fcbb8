using CrmSync.Simulator.Conditions;
using CrmSync.Simulator.Records;

namespace CrmSync.Simulator.Lists;

/// <summary>Everything a request asks of a record except where its id lies.</summary>
internal sealed class Filter
{
    private readonly Condition? _own;
    private readonly (Condition Condition, FieldDefinition[] Arrays)[] _onArrays;

    public Filter(Condition? own, Condition? children, Condition? customFields)
    {
        _own = own;
        _onArrays = [.. new[] { children, customFields }.OfType<Condition>().Select(c => (c, ConditionEvaluator.Arrays(c)))];
        Key = string.Join('\n', new[] { own, children, customFields }.Select(c => c is null ? "" : ConditionText.Of(c)));
    }

    /// <summary>Equal for filters that let the same records pass.</summary>
    public string Key { get; }

    public bool IsEmpty => _own is null && _onArrays.Length == 0;

    public bool Passes(RecordSource source, RecordKey key)
    {
        if (_own is not null && !ConditionEvaluator.IsTrue(_own, source, key))
        {
            return false;
        }

        foreach (var (condition, arrays) in _onArrays)
        {
            if (!ConditionEvaluator.IsTrueOfSome(condition, arrays, source, key))
            {
                return false;
            }
        }

        return true;
    }
}
