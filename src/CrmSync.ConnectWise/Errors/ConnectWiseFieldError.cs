namespace CrmSync.ConnectWise.Errors;

/// <summary>ConnectWise's complaint about one field of a request.</summary>
/// <param name="Code">Its code, such as <c>MissingRequiredField</c> or <c>ObjectExists</c>; empty when none was given.</param>
/// <param name="Message">Its text, in the site's own words.</param>
/// <param name="Field">The field's name; empty when none was given.</param>
/// <param name="Resource">The kind of record; empty when none was given.</param>
public sealed record ConnectWiseFieldError(string Code, string Message, string Field, string Resource);
