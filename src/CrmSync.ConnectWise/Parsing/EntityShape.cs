using System.Collections.Frozen;
using CrmSync.Core.Records;

namespace CrmSync.ConnectWise.Parsing;

/// <summary>What CrmSync knows of one of ConnectWise's entities.</summary>
internal sealed class EntityShape
{
    private readonly FrozenDictionary<string, FieldSpec> _byKey;

    public EntityShape(string path, IReadOnlyList<string> always, IReadOnlyDictionary<string, MemberRole> roles, IReadOnlyList<FieldSpec> fields)
    {
        Path = path;
        Always = always;
        Roles = roles;
        Fields = fields;
        _byKey = fields.ToFrozenDictionary(f => f.Key);
    }

    /// <summary>Path of its list below <c>apis/3.0/</c>.</summary>
    public string Path { get; }

    /// <summary>What is asked for whatever the mapping: id, flags, types, last update.</summary>
    public IReadOnlyList<string> Always { get; }

    /// <summary>Members that mean something beside being a field.</summary>
    public IReadOnlyDictionary<string, MemberRole> Roles { get; }

    /// <summary>The fields on offer.</summary>
    public IReadOnlyList<FieldSpec> Fields { get; }

    public FieldSpec? Find(string key) => _byKey.GetValueOrDefault(key);

    /// <summary>The <c>fields=</c> parameter for these keys. Keys that are not offered are passed over.</summary>
    public string Asks(IEnumerable<string> keys)
    {
        var asks = new List<string>(Always);
        foreach (var key in keys)
        {
            asks.AddRange(key.StartsWith(FieldKeys.CustomPrefix, StringComparison.Ordinal) ? ["customFields"] : Find(key)?.Asks() ?? []);
        }

        return string.Join(',', asks.Distinct(StringComparer.Ordinal));
    }
}
