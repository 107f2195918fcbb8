namespace CrmSync.Simulator.Conditions;

/// <summary>A condition that ConnectWise refuses; the message is the one in its <c>ApiFindCondition</c> answer.</summary>
internal sealed class ConditionException(string message) : Exception(message)
{
    private const string Advice =
        "String values should be enclosed with double or single quotes; DateTime values should be enclosed in square brackets; numbers should consist of "
        + "only digits, and optionally a decimal point and a negation sign; boolean values should be indicated with the keywords true or false; null values "
        + "should be indicated by the keyword null.";

    public static ConditionException UnknownName(string name) => new($"{name} is not a recognized name.");

    public static ConditionException UnknownChoice() => new("Enum value supplied was invalid");

    public static ConditionException Mismatch(string expected, string actual) => new($"Expected {expected} value, not {actual}. {Advice}");

    public static ConditionException Syntax(string what) => new($"{what}. {Advice}");
}
