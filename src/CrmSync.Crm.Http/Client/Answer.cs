namespace CrmSync.Crm.Http.Client;

/// <summary>The outcome of an attempt, whatever it asked for.</summary>
internal interface IAnswer
{
    /// <summary>Why it came to nothing; null where it did not.</summary>
    Fault? Fault { get; }
}

/// <summary>A value or a fault, never both.</summary>
internal sealed class Answer<T> : IAnswer
    where T : class
{
    private Answer(T? value, Fault? fault) => (Value, Fault) = (value, fault);

    public T? Value { get; }

    public Fault? Fault { get; }

    public static implicit operator Answer<T>(T value) => new(value, null);

    public static implicit operator Answer<T>(Fault fault) => new(null, fault);

    /// <summary>The value, or the fault as an exception.</summary>
    public T OrThrow() => Value ?? throw Fault!.ToException();
}
