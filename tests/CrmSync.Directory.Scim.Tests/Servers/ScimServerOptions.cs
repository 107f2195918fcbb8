namespace CrmSync.Scim.Tests.Servers;

/// <summary>What an error's body looks like.</summary>
internal enum ErrorStyle
{
    Scim,
    ScimWithNumber,
    Problem,
    Html,
    Text,
    Empty,
}

/// <summary>What a server does with a filter on an attribute by which it cannot search.</summary>
internal enum FilterRefusal
{
    InvalidFilter,
    ServerError,
    NotImplemented,
    NobodyFound,
    EverybodyFound,
}

/// <summary>In what a server of our own departs from RFC 7644. As it is: strict, with versions enforced.</summary>
internal sealed record ScimServerOptions
{
    public static ScimServerOptions Strict { get; } = new();

    /// <summary>A server much like the sloppy one of the notes.</summary>
    public static ScimServerOptions Sloppy { get; } = new()
    {
        Errors = ErrorStyle.ScimWithNumber,
        DropsPhotos = true,
        ActiveUnlessSaid = false,
        SortSupported = false,
        EtagSupported = false,
        FilterableBy = ["externalId", "userName"],
        Refusal = FilterRefusal.ServerError,
        CaseSensitiveNames = true,
        Location = "/wrong",
        AnswersPatchWithNothing = true,
        IgnoresPatchWithoutPath = true,
        SchemasTold = false,
        ThrottlesEach = 9,
    };

    /// <summary>One that has cursors only, in another spelling, and counts nothing.</summary>
    public static ScimServerOptions CursorOnly { get; } = new()
    {
        Cursors = true,
        LowerCaseResources = true,
        TellsTotals = false,
        CursorsExpireAfter = 2,
        Discovery = true,
        EtagSupported = false,
        FilterableBy = ["externalId", "userName"],
        Errors = ErrorStyle.Problem,
    };

    /// <summary>One that replaces users only, finds nobody by any filter, and says nothing about itself.</summary>
    public static ScimServerOptions Silent { get; } = new()
    {
        Discovery = false,
        PatchSupported = false,
        FilterableBy = [],
        Refusal = FilterRefusal.NobodyFound,
        Errors = ErrorStyle.Html,
        SortSupported = false,
        EtagSupported = false,
        PageLimit = 7,
    };

    /// <summary>One behind a bad line: requests and answers to creates get lost.</summary>
    public static ScimServerOptions Unreliable { get; } = new()
    {
        LosesAnswersToPostEach = 3,
        LosesRequestsEach = 11,
        ThrottlesEach = 5,
        Errors = ErrorStyle.Text,
        EtagSupported = false,
    };

    public ErrorStyle Errors { get; init; }

    public bool Discovery { get; init; } = true;

    public bool SchemasTold { get; init; } = true;

    public bool PatchSupported { get; init; } = true;

    /// <summary>Told to support PATCH, and does not.</summary>
    public bool PatchLies { get; init; }

    public bool SortSupported { get; init; } = true;

    public bool EtagSupported { get; init; } = true;

    public bool DropsPhotos { get; init; }

    public bool DropsExtensions { get; init; }

    public bool DropsExternalIds { get; init; }

    /// <summary>200, and nothing changed.</summary>
    public bool AppliesNothing { get; init; }

    public bool IgnoresPatchWithoutPath { get; init; }

    /// <summary>204 instead of the user.</summary>
    public bool AnswersPatchWithNothing { get; init; }

    /// <summary>What a user is who was created without a word on it; null for neither.</summary>
    public bool? ActiveUnlessSaid { get; init; }

    public bool CaseSensitiveNames { get; init; }

    /// <summary>The attributes by which it can search; null for all.</summary>
    public IReadOnlyList<string>? FilterableBy { get; init; }

    public FilterRefusal Refusal { get; init; }

    public bool Cursors { get; init; }

    /// <summary>Cursors without having said so.</summary>
    public bool CursorsUnasked { get; init; }

    /// <summary>How many pages a cursor lives in the first reading; 0 for ever.</summary>
    public int CursorsExpireAfter { get; init; }

    public bool LowerCaseResources { get; init; }

    public bool TellsTotals { get; init; } = true;

    /// <summary>Readings by index whose total differs from page to page.</summary>
    public int ShiftingTotals { get; init; }

    public int PageLimit { get; init; } = 50;

    /// <summary>Of so many requests one is answered with 429; 0 for none.</summary>
    public int ThrottlesEach { get; init; }

    /// <summary>Of so many creates one is done and not answered; 0 for none.</summary>
    public int LosesAnswersToPostEach { get; init; }

    /// <summary>Of so many requests one breaks before it is looked at; 0 for none.</summary>
    public int LosesRequestsEach { get; init; }

    /// <summary>For how many lists a new user does not show.</summary>
    public int ShowsAfterSearches { get; init; }

    /// <summary>What stands before the path in meta.location.</summary>
    public string Location { get; init; } = "";

    /// <summary>Whether nobody may delete.</summary>
    public bool KeepsUsers { get; init; }
}
