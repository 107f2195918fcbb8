using System.Diagnostics.CodeAnalysis;

namespace CrmSync.Core;

/// <summary>What kind of refusal it is; a host maps it to its own code (HTTP status, exit code).</summary>
public enum RefusalKind
{
    /// <summary>The request itself is wrong.</summary>
    Invalid,

    /// <summary>What it names is not there.</summary>
    NotFound,

    /// <summary>It cannot be done in the present state.</summary>
    Conflict,

    /// <summary>The other system did not do its part.</summary>
    Unavailable,
}

/// <summary>An expected "no": with a code, words and a remedy. Never a reason to throw.</summary>
/// <param name="Kind">What kind it is.</param>
/// <param name="Code">A stable word, such as "step-missing".</param>
/// <param name="Message">What is wrong, in words an administrator understands.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record Refusal(RefusalKind Kind, string Code, string Message, string Remedy)
{
    /// <summary>The field that is wrong, as a JSON pointer or a parameter's name; null where it is no single one.</summary>
    public string? Field { get; init; }

    /// <summary>What a program needs to go on: the missing step, the running run's id, …</summary>
    public IReadOnlyDictionary<string, string> Details { get; init; } = new Dictionary<string, string>();
}

/// <summary>A value, or the refusal that stands in its place.</summary>
public sealed class Result<T>
{
    private Result(T? value, Refusal? refusal) => (Value, Refusal) = (value, refusal);

    /// <summary>The value; default where it was refused.</summary>
    public T? Value { get; }

    /// <summary>The refusal; null where there is a value.</summary>
    public Refusal? Refusal { get; }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool Succeeded => Refusal is null;

    /// <summary>A value.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>A refusal.</summary>
    public static implicit operator Result<T>(Refusal refusal) => new(default, refusal);
}
