namespace CrmSync.Simulator.Conditions;

internal enum TokenKind
{
    Name,
    Text,
    Number,
    Date,
    Operator,
    Open,
    Close,
    Comma,
    End,
}

/// <summary>One word of a condition.</summary>
/// <param name="Kind">What kind of word it is.</param>
/// <param name="Text">The word; for texts and dates what stands between the marks, escapes resolved.</param>
internal readonly record struct Token(TokenKind Kind, string Text)
{
    public bool Is(string keyword) => Kind == TokenKind.Name && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);
}
