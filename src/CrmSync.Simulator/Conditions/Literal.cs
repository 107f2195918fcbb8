using System.Globalization;

namespace CrmSync.Simulator.Conditions;

internal enum LiteralKind
{
    Null,
    Text,
    Number,
    Boolean,
    Date,
}

/// <summary>A value written in a condition.</summary>
internal readonly record struct Literal(LiteralKind Kind, string Text, double Number)
{
    public bool Boolean => Number != 0;

    /// <summary>Seconds since 1970, with their fraction: <c>&gt; [….5Z]</c> is true of the next whole second.</summary>
    public double Seconds => Number;

    /// <exception cref="ConditionException">The word is no value, or a date or number that cannot be read.</exception>
    public static Literal From(Token token) => token.Kind switch
    {
        TokenKind.Text => new Literal(LiteralKind.Text, token.Text, 0),
        TokenKind.Number when double.TryParse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) =>
            new Literal(LiteralKind.Number, token.Text, number),
        TokenKind.Date => Date(token.Text),
        TokenKind.Name when token.Is("true") => new Literal(LiteralKind.Boolean, "true", 1),
        TokenKind.Name when token.Is("false") => new Literal(LiteralKind.Boolean, "false", 0),
        TokenKind.Name when token.Is("null") => new Literal(LiteralKind.Null, "null", 0),
        TokenKind.Name or TokenKind.Number or TokenKind.Operator or TokenKind.Open or TokenKind.Close or TokenKind.Comma or TokenKind.End =>
            throw ConditionException.Syntax($"Expected a value, not '{token.Text}'"),
    };

    public string Article() => Kind switch
    {
        LiteralKind.Null => "a null",
        LiteralKind.Text => "a string",
        LiteralKind.Number => "a numeric",
        LiteralKind.Boolean => "a boolean",
        LiteralKind.Date => "a DateTime",
    };

    private static Literal Date(string text)
    {
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment))
        {
            throw ConditionException.Syntax($"'{text}' is not a DateTime");
        }

        return new Literal(LiteralKind.Date, text, (moment - DateTimeOffset.UnixEpoch).TotalSeconds);
    }
}
