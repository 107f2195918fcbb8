namespace CrmSync.Simulator.Conditions;

/// <summary>
/// Reads a condition: <c>or</c> binds weaker than <c>and</c>, parentheses group, keywords are written in any case.
/// </summary>
internal sealed class ConditionParser
{
    private const int DeepestNesting = 200;

    private readonly List<Token> _tokens;
    private readonly Func<string, FieldPath> _resolve;
    private int _at;
    private int _depth;

    private ConditionParser(string source, Func<string, FieldPath> resolve)
    {
        _tokens = Tokenizer.Split(source);
        _resolve = resolve;
    }

    private Token Current => _tokens[_at];

    /// <summary>Reads <paramref name="source"/>; <paramref name="resolve"/> finds the field of a name or refuses it.</summary>
    /// <exception cref="ConditionException">The text is no condition, a name is unknown, or a value does not fit its field.</exception>
    public static Condition Parse(string source, Func<string, FieldPath> resolve)
    {
        var parser = new ConditionParser(source, resolve);
        var condition = parser.Either();
        return parser.Current.Kind == TokenKind.End ? condition : throw ConditionException.Syntax($"Unexpected '{parser.Current.Text}'");
    }

    private Condition Either()
    {
        var left = Both();
        while (Skip("or"))
        {
            left = new Condition.Or(left, Both());
        }

        return left;
    }

    private Condition Both()
    {
        var left = Single();
        while (Skip("and"))
        {
            left = new Condition.And(left, Single());
        }

        return left;
    }

    private Condition Single()
    {
        if (Current.Kind != TokenKind.Open)
        {
            return Test();
        }

        if (++_depth > DeepestNesting)
        {
            throw ConditionException.Syntax("The condition is nested too deeply");
        }

        _at++;
        var inner = Either();
        Expect(TokenKind.Close, ")");
        _depth--;
        return inner;
    }

    private Condition.Test Test()
    {
        var name = Current;
        Expect(TokenKind.Name, "a field name");
        var path = _resolve(name.Text);
        var isNegated = Skip("not");
        var operation = Operator(isNegated);
        Literal[] values = operation == Comparison.In ? List() : [Value()];
        foreach (var value in values)
        {
            ValueFit.Check(path.Last, operation, value);
        }

        return new Condition.Test(path, operation, isNegated, values);
    }

    private Comparison Operator(bool isNegated)
    {
        var token = _tokens[_at++];
        Comparison? word = token.Is("contains") ? Comparison.Contains : token.Is("like") ? Comparison.Like : token.Is("in") ? Comparison.In : null;
        if (word is { } named)
        {
            return named;
        }

        return token switch
        {
            { Kind: TokenKind.Operator } when isNegated => throw ConditionException.Syntax($"'not' cannot stand before '{token.Text}'"),
            { Kind: TokenKind.Operator, Text: "=" } => Comparison.Equal,
            { Kind: TokenKind.Operator, Text: "!=" } => Comparison.NotEqual,
            { Kind: TokenKind.Operator, Text: "<" } => Comparison.Less,
            { Kind: TokenKind.Operator, Text: "<=" } => Comparison.LessOrEqual,
            { Kind: TokenKind.Operator, Text: ">" } => Comparison.Greater,
            { Kind: TokenKind.Operator, Text: ">=" } => Comparison.GreaterOrEqual,
            _ => throw ConditionException.Syntax($"Expected an operator, not '{token.Text}'"),
        };
    }

    private Literal[] List()
    {
        Expect(TokenKind.Open, "(");
        var values = new List<Literal> { Value() };
        while (Current.Kind == TokenKind.Comma)
        {
            _at++;
            values.Add(Value());
        }

        Expect(TokenKind.Close, ")");
        return [.. values];
    }

    private Literal Value()
    {
        var value = Literal.From(Current);
        _at++;
        return value;
    }

    private bool Skip(string keyword)
    {
        if (!Current.Is(keyword))
        {
            return false;
        }

        _at++;
        return true;
    }

    private void Expect(TokenKind kind, string what)
    {
        if (Current.Kind != kind)
        {
            throw ConditionException.Syntax($"Expected {what}, not '{Current.Text}'");
        }

        _at++;
    }
}
