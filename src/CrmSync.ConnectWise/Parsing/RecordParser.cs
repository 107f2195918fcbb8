using System.Text.Json;
using CrmSync.ConnectWise.Errors;
using CrmSync.ConnectWise.Http;
using CrmSync.Core.Records;

namespace CrmSync.ConnectWise.Parsing;

/// <summary>Makes records of a page. Unknown members are passed over, missing ones are blank: ConnectWise leaves nulls out.</summary>
internal sealed class RecordParser(EntityShape shape, IReadOnlyList<string> keys)
{
    private readonly RecordPlan _plan = new(shape, keys);
    private readonly RecordParts _parts = new();
    private readonly string?[] _values = new string?[keys.Count];

    /// <summary>The records of a JSON array, or of a single object.</summary>
    /// <exception cref="Core.Ports.ConnectWiseException">The bytes are no complete JSON of that form.</exception>
    public IReadOnlyList<ConnectWiseRecord> Parse(ReadOnlySpan<byte> json)
    {
        var records = new List<ConnectWiseRecord>(64);
        try
        {
            var reader = new Utf8JsonReader(JsonShape.Trim(json));
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                AddRecord(ref reader, records);
            }
            else
            {
                while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
                {
                    AddRecord(ref reader, records);
                }
            }

            return records;
        }
        catch (JsonException)
        {
            throw new ConnectWiseError
            {
                Category = ConnectWiseErrorCategory.Truncated,
                Code = "Truncated",
                Message = "A page of records is incomplete or damaged.",
                Remedy = Remedies.Truncated,
                RetryHelps = true,
                Endpoint = shape.Path,
            }.ToException();
        }
    }

    private void AddRecord(ref Utf8JsonReader reader, List<ConnectWiseRecord> records)
    {
        var head = new RecordHead();
        _plan.StartRecord();
        _parts.Clear();
        Array.Clear(_values);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = _plan.Find(ref reader);
            reader.Read();
            if (member is null)
            {
                reader.Skip();
            }
            else
            {
                ReadMember(ref reader, member, ref head);
            }
        }

        // A record without a usable id cannot be linked to anything; the page scan rejects such pages before they come here.
        if (head.Id > 0)
        {
            records.Add(head.ToRecord(Fields()));
        }
    }

    private FieldValues Fields()
    {
        foreach (var target in _plan.Composed)
        {
            _values[target.Index] = target.Spec.Compose!(_parts);
        }

        var fields = new FieldValues(_values.Length);
        for (var i = 0; i < _values.Length; i++)
        {
            if (_plan.Observed[i])
            {
                fields.Add(_plan.Keys[i], _values[i]);
            }
        }

        return fields;
    }

    private void ReadMember(ref Utf8JsonReader reader, MemberPlan member, ref RecordHead head)
    {
        switch (member.Role)
        {
            case MemberRole.Id:
                head.Id = reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var id) ? id : 0;
                reader.Skip();
                break;
            case MemberRole.Info:
                head.UpdatedAt = StructureReader.LastUpdated(ref reader);
                break;
            case MemberRole.InactiveFlag:
                head.Inactive = JsonText.Read(ref reader, FieldKind.Boolean) == "true";
                break;
            case MemberRole.RecurringFlag:
                head.NotRecurring = JsonText.Read(ref reader, FieldKind.Boolean) == "false";
                break;
            case MemberRole.Types:
                head.TypeIds = StructureReader.References(ref reader, member.WantsName, out var firstName);
                Assign(member, head.TypeIds.Count > 0 ? head.TypeIds[0] : null, firstName);
                break;
            case MemberRole.CommunicationItems:
                StructureReader.Communications(ref reader, _parts.Communications);
                break;
            case MemberRole.CustomFields:
                StructureReader.CustomFields(ref reader, _plan.Custom, _values);
                break;
            case MemberRole.Part:
                ReadPart(ref reader, member);
                break;
            default:
                ReadField(ref reader, member, ref head);
                break;
        }
    }

    private void ReadPart(ref Utf8JsonReader reader, MemberPlan member)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            StructureReader.Reference(ref reader, true, out var name);
            _parts.Add(member.Name, name);
            return;
        }

        var text = JsonText.Read(ref reader, FieldKind.Text);
        _parts.Add(member.Name, text);
        foreach (var target in member.Targets)
        {
            _values[target.Index] = text;
        }
    }

    private void ReadField(ref Utf8JsonReader reader, MemberPlan member, ref RecordHead head)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            if (member.Targets is [{ Spec.Part: FieldPart.Value } single])
            {
                _values[single.Index] = single.Spec.Exact ? JsonText.ReadExactly(ref reader) : JsonText.Read(ref reader, single.Spec.Kind);
            }
            else
            {
                reader.Skip();
            }

            return;
        }

        var id = StructureReader.Reference(ref reader, member.WantsName, out var name);
        Assign(member, id, name);
        head.Set(member.Role, id);
    }

    private void Assign(MemberPlan member, long? id, string? name)
    {
        foreach (var target in member.Targets)
        {
            _values[target.Index] = target.Spec.Part == FieldPart.ReferenceId
                ? Canonical.Number(id)
                : target.Spec.Kind == FieldKind.Number ? JsonText.Of(name?.TrimEnd('%', ' '), FieldKind.Number) : name;
        }
    }
}
