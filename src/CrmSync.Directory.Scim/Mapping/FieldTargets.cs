using CrmSync.Core.Employees;
using CrmSync.Core.Records;
using CrmSync.Scim.Discovery;
using CrmSync.Scim.Paths;

namespace CrmSync.Scim.Mapping;

/// <summary>Where each field of an employee stands in a user, for one directory and its settings. Immutable.</summary>
internal sealed class FieldTargets
{
    public const string UserName = "userName";

    /// <summary>The address of the work e-mail.</summary>
    public static readonly ScimPath WorkEmail = ScimPathParser.Parse("emails[type eq \"work\"].value");

    /// <summary>The address of the picture.</summary>
    public static readonly ScimPath Photo = ScimPathParser.Parse("photos[type eq \"photo\"].value");

    private static readonly Dictionary<string, string> Standard = new()
    {
        [FieldKeys.FirstName] = "name.givenName",
        [FieldKeys.LastName] = "name.familyName",
        [FieldKeys.Email] = WorkEmail.ToString(),
        [FieldKeys.Active] = "active",
        [FieldKeys.EmployeeIds] = $"{ScimPath.EnterpriseSchema}:employeeNumber",
        [FieldKeys.Location] = $"{ScimPath.EnterpriseSchema}:division",
        [FieldKeys.Team] = $"{ScimPath.EnterpriseSchema}:department",
        [FieldKeys.Position] = "title",
    };

    private static readonly HashSet<string> Configurable =
    [
        FieldKeys.FirstName, FieldKeys.LastName, FieldKeys.Email, FieldKeys.EmployeeIds, FieldKeys.Location, FieldKeys.LocationId, FieldKeys.Team,
        FieldKeys.TeamId, FieldKeys.Position, FieldKeys.PositionId, FieldKeys.HireDate, FieldKeys.Profile,
    ];

    private static readonly HashSet<string> Always = [FieldKeys.FirstName, FieldKeys.LastName, FieldKeys.Email, FieldKeys.Active];

    private static readonly HashSet<string> Reserved =
        new(["id", "externalId", "meta", "schemas", "password", "active", "displayName", "groups"], StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, FieldTarget> _targets;

    public FieldTargets(DirectorySettings settings, ServerProfile profile)
    {
        ProfileOnlyAtCreation = settings.ProfileOnlyAtCreation;
        NamesFromEmail = !settings.Targets.TryGetValue(FieldKeys.Email, out var email)
            || string.Equals(email.Trim(), UserName, StringComparison.OrdinalIgnoreCase);
        Photos = profile.Schemas.Offers(Photo);
        _targets = Paths(settings.Targets)
            .Where(target => Always.Contains(target.Key) || profile.Schemas.Offers(target.Path))
            .ToDictionary(target => target.Key, target => new FieldTarget(target.Key, target.Path, profile.Schemas.Find(target.Path)));

        Fields = _targets.Keys.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The keys of the fields that have a place.</summary>
    public IReadOnlySet<string> Fields { get; }

    /// <summary>Whether there is a place for the address of a picture.</summary>
    public bool Photos { get; }

    /// <summary>Whether the profile is left alone once an employee is there.</summary>
    public bool ProfileOnlyAtCreation { get; }

    /// <summary>Whether the name to log in with is the e-mail address; otherwise it is the first employee id, given once.</summary>
    public bool NamesFromEmail { get; }

    public FieldTarget? Find(string key) => _targets.GetValueOrDefault(key);

    public IEnumerable<FieldTarget> All => _targets.Values;

    /// <summary>What is wrong with the targets that somebody has set, in words.</summary>
    public static IEnumerable<string> Problems(IReadOnlyDictionary<string, string> targets)
    {
        foreach (var (key, text) in targets)
        {
            if (!Configurable.Contains(key))
            {
                yield return $"The field \"{key}\" has no configurable target.";
            }
            else if (text.Length == 0)
            {
                if (Always.Contains(key))
                {
                    yield return $"The field \"{key}\" needs a target.";
                }
            }
            else if (!ScimPathParser.TryParse(text, out var path, out var problem))
            {
                yield return $"The target of \"{key}\" is no path: {problem}";
            }
            else if (path.Schema is null && (Reserved.Contains(path.Attribute) || (IsUserName(path) && key is not (FieldKeys.Email or FieldKeys.EmployeeIds))))
            {
                yield return $"The target of \"{key}\" is an attribute that CrmSync or the directory itself keeps.";
            }
        }

        var paths = Paths(targets).Select(target => (target.Key, Text: target.Path.ToString().ToUpperInvariant())).ToList();
        foreach (var twice in paths.GroupBy(target => target.Text).Where(group => group.Count() > 1))
        {
            yield return $"The fields {string.Join(" and ", twice.Select(target => target.Key))} have the same target.";
        }
    }

    private static bool IsUserName(ScimPath path) => string.Equals(path.Attribute, UserName, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<(string Key, ScimPath Path)> Paths(IReadOnlyDictionary<string, string> targets)
    {
        foreach (var key in Standard.Keys.Union(targets.Keys.Where(Configurable.Contains)))
        {
            var text = targets.GetValueOrDefault(key) ?? Standard.GetValueOrDefault(key);
            if (ScimPathParser.TryParse(text, out var path, out _))
            {
                yield return (key, path);
            }
        }
    }
}
