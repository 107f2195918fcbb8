using System.Globalization;
using System.Text;

namespace CrmSync.ConnectWise.Conditions;

/// <summary>
/// A filter of a ConnectWise list, as the text that its <c>conditions</c> parameter takes, not yet URL-encoded. Built from typed
/// parts only, so that no value can change the filter's meaning.
/// </summary>
/// <remarks>
/// Grammar: Developer Guide, "conditions"; quotes are escaped as the SDKs do. Arrays of a record (types, communicationItems)
/// cannot stand in conditions: they go into <c>childConditions</c>, with the same grammar.
/// </remarks>
internal sealed class Condition
{
    private readonly bool _isCompound;

    private Condition(string text, bool isCompound = false)
    {
        Text = text;
        _isCompound = isCompound;
    }

    /// <summary>The filter's text.</summary>
    public string Text { get; }

    public static Condition Equal(string field, string value) => new($"{Field(field)} = {Quote(value)}");

    public static Condition Equal(string field, bool value) => new($"{Field(field)} = {(value ? "true" : "false")}");

    public static Condition Equal(string field, long value) => new(string.Create(CultureInfo.InvariantCulture, $"{Field(field)} = {value}"));

    public static Condition Above(string field, long value) => new(string.Create(CultureInfo.InvariantCulture, $"{Field(field)} > {value}"));

    public static Condition UpTo(string field, long value) => new(string.Create(CultureInfo.InvariantCulture, $"{Field(field)} <= {value}"));

    /// <summary>At or after an instant. Whole seconds in UTC: offsets and fractions are refused by some servers.</summary>
    public static Condition Since(string field, DateTimeOffset value) => new($"{Field(field)} >= {Instant(value)}");

    public static Condition Before(string field, DateTimeOffset value) => new($"{Field(field)} < {Instant(value)}");

    public static Condition IsNull(string field) => new($"{Field(field)} = null");

    public static Condition IsNotNull(string field) => new($"{Field(field)} != null");

    /// <summary>
    /// Contains the text as it is. This is the operator for text that people typed; <c>like</c> would read <c>*</c> and <c>%</c> as wild cards,
    /// and a literal bracket is written <c>[[]</c> (Developer Guide).
    /// </summary>
    public static Condition Contains(string field, string value) =>
        new($"{Field(field)} contains {Quote(value.Replace("[", "[[]", StringComparison.Ordinal))}");

    /// <summary>Starts with a text of the program's own making.</summary>
    /// <exception cref="ArgumentException">The text holds a wild card, which cannot be told from a literal.</exception>
    public static Condition StartsWith(string field, string value) => value.AsSpan().ContainsAny('*', '%')
        ? throw new ArgumentException("A wild card in the text cannot be escaped; use Contains.", nameof(value))
        : new($"{Field(field)} like {Quote(value.Replace("[", "[[]", StringComparison.Ordinal) + "*")}");

    /// <summary>One of some ids; see <see cref="QueryText.IdLists"/> for how many fit.</summary>
    public static Condition In(string field, IEnumerable<long> ids) =>
        new($"{Field(field)} in ({string.Join(',', ids.Select(id => id.ToString(CultureInfo.InvariantCulture)))})");

    public Condition And(Condition? other) => other is null ? this : new Condition($"{Group()} and {other.Group()}", isCompound: false);

    public Condition Or(Condition other) => new($"{Text} or {other.Text}", isCompound: true);

    public override string ToString() => Text;

    private string Group() => _isCompound ? $"({Text})" : Text;

    private static string Field(string name) =>
        name.Length > 0 && char.IsAsciiLetter(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_')
            ? name
            : throw new ArgumentException("Not a field's name.", nameof(name));

    private static string Instant(DateTimeOffset value) => value.UtcDateTime.ToString("'['yyyy-MM-dd'T'HH:mm:ss'Z]'", CultureInfo.InvariantCulture);

    private static string Quote(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        foreach (var c in value)
        {
            // A control character cannot stand in a stored one-line text; as a space it still finds what looks the same.
            text.Append(c switch { '"' => "\\\"", '\\' => @"\\", < ' ' => " ", _ => c.ToString() });
        }

        return text.Append('"').ToString();
    }
}
