using System.Globalization;
using CrmSync.Simulator.Accounts;
using CrmSync.Simulator.Records;

namespace CrmSync.Simulator.Http;

/// <summary>Finds what a path below <c>apis/3.0/</c> shows.</summary>
internal sealed class ApiRouter
{
    private readonly AccountModel _model;
    private readonly SimulatorSwitches _switches;
    private readonly ListAnswers _answers;
    private readonly Documents _documents;
    private readonly SystemInfo _info;
    private readonly Bundles _bundles;
    private readonly Dictionary<string, Func<ApiRequest, int[], ApiAnswer>> _routes = new(StringComparer.OrdinalIgnoreCase);

    public ApiRouter(AccountModel model, SimulatorSwitches switches, SimulatorOptions options, BufferPool buffers)
    {
        _model = model;
        _switches = switches;
        _answers = new ListAnswers(buffers);
        _documents = new Documents(model);
        _info = new SystemInfo(options);
        var children = new ChildLists(model);
        _bundles = new Bundles(model, children, switches, options.LargestBundle, buffers);

        foreach (var route in Routes.Lists)
        {
            AddSource(route.Path, route.Permission, model[route.List]);
        }

        AddSource("company/companyTypeAssociations", PermissionLines.CompanyMaintenance, children.CompanyTypes);
        AddSource("company/contactTypeAssociations", PermissionLines.Contacts, children.ContactTypes);
        foreach (var route in ChildRoutes.Of(children))
        {
            AddChildren(route);
        }

        Add("system/info", null, (_, _) => _info.Answer());
        Add("system/bundles", null, (request, _) => _bundles.Answer(request));
        Add("system/documents/#", PermissionLines.ManageDocuments, (_, ids) => _documents.Describe(ids[0]));
        Add("system/documents/#/download", PermissionLines.ManageDocuments, (_, ids) => _documents.Download(ids[0]));
        Add("system/members/#/image", PermissionLines.ManageDocuments, (_, ids) => _documents.Download(ids[0] + MemberGenerator.PhotoOffset));
    }

    /// <summary>The path with every id replaced by <c>#</c>, and the ids in order.</summary>
    public static (string Pattern, int[] Ids) Normalise(string[] segments)
    {
        var ids = new List<int>(2);
        var parts = new string[segments.Length];
        for (var i = 0; i < segments.Length; i++)
        {
            var isId = int.TryParse(segments[i], NumberStyles.None, CultureInfo.InvariantCulture, out var id);
            parts[i] = isId ? "#" : segments[i];
            if (isId)
            {
                ids.Add(id);
            }
        }

        return (string.Join('/', parts), [.. ids]);
    }

    public ApiAnswer Answer(ApiRequest request)
    {
        var (pattern, ids) = Normalise(request.Segments);
        if (_routes.TryGetValue(pattern, out var route))
        {
            var isBundle = pattern.Equals("system/bundles", StringComparison.OrdinalIgnoreCase);
            return request.Method == (isBundle ? "POST" : "GET") ? route(request, ids) : ApiAnswer.Error(405, "ConnectWiseApi", "The method is not supported.");
        }

        return request is { Method: "GET", Segments: [var system, var members, var identifier] }
            && system.Equals("system", StringComparison.OrdinalIgnoreCase) && members.Equals("members", StringComparison.OrdinalIgnoreCase)
                ? MemberByIdentifier(request, identifier)
                : ApiAnswer.NoEndpoint();
    }

    private void AddSource(string path, string permission, RecordSource source)
    {
        Add(path, permission, (request, _) => _answers.List(request, source));
        Add(path + "/count", permission, (request, _) => ListAnswers.Count(request, source));
        Add(path + "/#", permission, (request, ids) => _answers.One(request, source, ids[0]));
    }

    private void AddChildren(ChildRoute route)
    {
        var parents = _model[route.Parent];
        ApiAnswer Below(int parent, Func<ChildView, ApiAnswer> answer) => parents.TryFind(parent, out var key)
            ? answer(route.Open(key))
            : ApiAnswer.NotFound(parents.Definition.Title, parent);

        Add(route.Path, route.Permission, (request, ids) => Below(ids[0], view => _answers.List(request, view.List, view.Within)));
        Add(route.Path + "/count", route.Permission, (request, ids) => Below(ids[0], view => ListAnswers.Count(request, view.List, view.Within)));
        Add(route.Path + "/#", route.Permission, (request, ids) => Below(ids[0], view =>
            view.Within is { } range && (ids[1] < range.Least || ids[1] > range.Most)
                ? ApiAnswer.NotFound(view.Single.Definition.Title, ids[1])
                : _answers.One(request, view.Single, ids[1])));
    }

    private void Add(string pattern, string? permission, Func<ApiRequest, int[], ApiAnswer> answer) =>
        _routes[pattern] = (request, ids) => permission is not null && _switches.IsDenied(permission) ? ApiAnswer.Forbidden() : answer(request, ids);

    private ApiAnswer MemberByIdentifier(ApiRequest request, string identifier)
    {
        if (_switches.IsDenied(PermissionLines.MemberMaintenance))
        {
            return ApiAnswer.Forbidden();
        }

        var members = _model[SimulatedList.Member];
        var field = members.Definition.Find("identifier")!;
        for (var position = 0; position < members.Positions; position++)
        {
            var key = new RecordKey(position, members.IdAt(position));
            if (members.Exists(position) && members.Read(key, field) is { IsNull: false } value
                && value.Text.Equals(identifier, StringComparison.OrdinalIgnoreCase))
            {
                return _answers.One(request, members, key.Id);
            }
        }

        return ApiAnswer.Error(404, "NotFound", $"Member {identifier} not found");
    }
}
