using System.Text;

namespace CrmSync.Simulator.Conditions;

/// <summary>Splits a condition into words.</summary>
internal static class Tokenizer
{
    /// <exception cref="ConditionException">A text or date is not closed, or a character belongs to no word.</exception>
    public static List<Token> Split(string source)
    {
        var tokens = new List<Token>();
        var at = 0;
        while (at < source.Length)
        {
            var letter = source[at];
            if (char.IsWhiteSpace(letter))
            {
                at++;
                continue;
            }

            tokens.Add(letter switch
            {
                '(' => Single(TokenKind.Open, source, ref at),
                ')' => Single(TokenKind.Close, source, ref at),
                ',' => Single(TokenKind.Comma, source, ref at),
                '"' or '\'' => Quoted(source, ref at),
                '[' => Date(source, ref at),
                '=' or '!' or '<' or '>' => Operator(source, ref at),
                _ when char.IsAsciiDigit(letter) || letter is '-' or '+' or '.' => Number(source, ref at),
                _ when char.IsLetter(letter) || letter == '_' => Name(source, ref at),
                _ => throw ConditionException.Syntax($"Unexpected character '{letter}' at position {at}"),
            });
        }

        tokens.Add(new Token(TokenKind.End, ""));
        return tokens;
    }

    private static Token Single(TokenKind kind, string source, ref int at) => new(kind, source[at++].ToString());

    private static Token Operator(string source, ref int at)
    {
        var length = at + 1 < source.Length && (source[at + 1] == '=' || (source[at] == '<' && source[at + 1] == '>')) ? 2 : 1;
        var text = source.Substring(at, length);
        at += length;
        return text switch
        {
            "<>" => new Token(TokenKind.Operator, "!="),
            "==" or "!" => throw ConditionException.Syntax($"Unknown operator '{text}'"),
            _ => new Token(TokenKind.Operator, text),
        };
    }

    private static Token Quoted(string source, ref int at)
    {
        var quote = source[at++];
        var text = new StringBuilder();
        while (at < source.Length && source[at] != quote)
        {
            // Only these are escapes: a lone backslash stands for itself, as in DOMAIN\user.
            if (source[at] == '\\' && at + 1 < source.Length && source[at + 1] is '\\' or '"' or '\'')
            {
                at++;
            }

            text.Append(source[at++]);
        }

        if (at++ >= source.Length)
        {
            throw ConditionException.Syntax("A string value is not closed");
        }

        return new Token(TokenKind.Text, text.ToString());
    }

    private static Token Date(string source, ref int at)
    {
        var close = source.IndexOf(']', at);
        if (close < 0)
        {
            throw ConditionException.Syntax("A DateTime value is not closed");
        }

        var text = source[(at + 1)..close];
        at = close + 1;
        return new Token(TokenKind.Date, text);
    }

    private static Token Number(string source, ref int at)
    {
        var start = at++;
        while (at < source.Length && (char.IsAsciiDigit(source[at]) || source[at] == '.'))
        {
            at++;
        }

        return new Token(TokenKind.Number, source[start..at]);
    }

    private static Token Name(string source, ref int at)
    {
        var start = at++;
        while (at < source.Length && (char.IsLetterOrDigit(source[at]) || source[at] is '_' or '/' or '.'))
        {
            at++;
        }

        return new Token(TokenKind.Name, source[start..at]);
    }
}
