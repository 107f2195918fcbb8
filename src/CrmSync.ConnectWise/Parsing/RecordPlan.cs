using System.Text;
using System.Text.Json;
using CrmSync.Core.Records;

namespace CrmSync.ConnectWise.Parsing;

/// <summary>What to do with one member of a record.</summary>
/// <param name="Name">Its name, as text for composed fields.</param>
/// <param name="Utf8">Its name as bytes.</param>
/// <param name="Role">What it means.</param>
/// <param name="Targets">Fields that are made of it.</param>
internal sealed record MemberPlan(string Name, byte[] Utf8, MemberRole Role, FieldTarget[] Targets)
{
    /// <summary>Whether the names inside a reference are needed.</summary>
    public bool WantsName { get; } = Targets.Any(t => t.Spec.Part is FieldPart.ReferenceName or FieldPart.FirstName);
}

/// <summary>A field, and its place among the fields asked for.</summary>
internal sealed record FieldTarget(int Index, FieldSpec Spec);

/// <summary>
/// The work to do for each record of a page. It learns the order of the members from the first records, so that finding a
/// member is one comparison: a site writes all records in the same order and only leaves out what is null.
/// </summary>
internal sealed class RecordPlan
{
    /// <summary>Members beyond this many are not learnt, so that a hostile record cannot make every look-up a long walk.</summary>
    private const int MostLearnt = 400;

    private readonly List<MemberPlan> _members = [];

    /// <summary>Members as the site writes them, those without interest included (null).</summary>
    private readonly List<(byte[] Utf8, MemberPlan? Plan)> _order = [];
    private int _next;

    public RecordPlan(EntityShape shape, IReadOnlyList<string> keys)
    {
        Keys = keys;
        var targets = new Dictionary<string, List<FieldTarget>>(StringComparer.Ordinal);
        var needed = new HashSet<string>(StringComparer.Ordinal);
        var observed = new bool[keys.Count];
        for (var i = 0; i < keys.Count; i++)
        {
            if (CustomFieldId(keys[i]) is { } customId)
            {
                Custom.Add((customId, i));
                observed[i] = true;
            }
            else if (shape.Find(keys[i]) is { Part: FieldPart.Composed } composed)
            {
                Composed.Add(new FieldTarget(i, composed));
                needed.UnionWith(composed.Needs);
                observed[i] = true;
            }
            else if (shape.Find(keys[i]) is { Part: not FieldPart.Child } spec)
            {
                var ofMember = targets.TryGetValue(spec.Member, out var known) ? known : targets[spec.Member] = [];
                ofMember.Add(new FieldTarget(i, spec));
                observed[i] = true;
            }
        }

        Observed = observed;
        foreach (var name in shape.Roles.Keys.Union(targets.Keys).Union(needed))
        {
            var role = shape.Roles.GetValueOrDefault(name, needed.Contains(name) ? MemberRole.Part : MemberRole.None);
            if ((role == MemberRole.CustomFields && Custom.Count == 0) || (role == MemberRole.CommunicationItems && !needed.Contains(name)))
            {
                continue;
            }

            _members.Add(new MemberPlan(name, Encoding.UTF8.GetBytes(name), role, [.. targets.GetValueOrDefault(name, [])]));
        }
    }

    public IReadOnlyList<string> Keys { get; }

    /// <summary>Whether the key at each place is one that a record can answer; the others stay unobserved.</summary>
    public bool[] Observed { get; }

    public List<(long Id, int Index)> Custom { get; } = [];

    public List<FieldTarget> Composed { get; } = [];

    /// <summary>To be called before each record.</summary>
    public void StartRecord() => _next = 0;

    /// <summary>The plan for the member at the reader; null when it is of no interest.</summary>
    public MemberPlan? Find(ref Utf8JsonReader reader)
    {
        for (var i = 0; i < _order.Count; i++)
        {
            var at = _next + i < _order.Count ? _next + i : _next + i - _order.Count;
            if (reader.ValueTextEquals(_order[at].Utf8))
            {
                _next = at + 1;
                return _order[at].Plan;
            }
        }

        return Learn(ref reader);
    }

    private MemberPlan? Learn(ref Utf8JsonReader reader)
    {
        MemberPlan? plan = null;
        for (var i = 0; i < _members.Count && plan is null; i++)
        {
            plan = reader.ValueTextEquals(_members[i].Utf8) ? _members[i] : null;
        }

        if (_order.Count < MostLearnt)
        {
            var at = Math.Min(_next, _order.Count);
            _order.Insert(at, (plan?.Utf8 ?? Encoding.UTF8.GetBytes(reader.GetString()!), plan));
            _next = at + 1;
        }

        return plan;
    }

    private static long? CustomFieldId(string key) =>
        key.StartsWith(FieldKeys.CustomPrefix, StringComparison.Ordinal) ? ConnectWiseId.TryParse(key.AsSpan(FieldKeys.CustomPrefix.Length))?.Value : null;
}
