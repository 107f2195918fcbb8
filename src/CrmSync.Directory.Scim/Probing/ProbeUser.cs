using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Scim.Mapping;

namespace CrmSync.Scim.Probing;

/// <summary>The throw-away employee of one test: nobody's name, and an address at which nobody is.</summary>
internal sealed class ProbeUser(FieldTargets targets)
{
    private readonly string _name = $"crmsync-test-{Guid.NewGuid():N}";

    public string ExternalKey => _name;

    public string Email => $"{_name}@example.com";

    /// <summary>The id that stands in the place of the employee's number.</summary>
    public string EmployeeId => _name[^12..];

    /// <summary>It as it is created: with every field that has a place, and inactive.</summary>
    public CrmWrite Creation => new() { ExternalKey = ExternalKey, Fields = Fields("Test", "false") };

    /// <summary>What is changed in it: every field but its ids.</summary>
    public CrmWrite Change(CrmId id) => new() { Id = id, Fields = Fields("Trial", "true") };

    /// <summary>It goes.</summary>
    public static CrmWrite Deactivation(CrmId id) => new() { Id = id, Fields = new() { [FieldKeys.Active] = "false" } };

    private FieldValues Fields(string word, string active)
    {
        var fields = new FieldValues();
        foreach (var key in targets.Fields)
        {
            // Which profiles there are is the directory's own matter, unless it names them.
            var value = key switch
            {
                FieldKeys.Email => Email,
                FieldKeys.Active => active,
                FieldKeys.EmployeeIds => $"{EmployeeId}\n{Email}",
                FieldKeys.HireDate => word == "Test" ? "2020-01-31" : "2021-02-28",
                FieldKeys.Profile => targets.Find(key)!.Attribute.Values is [var first, ..] ? first : null,
                FieldKeys.LocationId or FieldKeys.TeamId or FieldKeys.PositionId => word == "Test" ? "1" : "2",
                _ => $"CrmSync {word}",
            };
            if (value is not null)
            {
                fields.Add(key, value);
            }
        }

        return fields;
    }
}
