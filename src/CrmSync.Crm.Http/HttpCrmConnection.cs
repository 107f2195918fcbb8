using CrmSync.Core.Setup;

namespace CrmSync.Crm.Http;

/// <summary>How to reach a CRM that implements the contract. <see cref="ToString"/> never shows the token.</summary>
public sealed record HttpCrmConnection
{
    /// <summary>Where the CRM answers; the contract's path is added to it. http is accepted for loopback addresses only.</summary>
    public required string Address { get; init; }

    /// <summary>The bearer token that opens the CRM. Never logged, never part of an error.</summary>
    public required string Token { get; init; }

    /// <summary>Time after which one attempt is given up, its body included.</summary>
    /// <value>Default: 100 seconds; a full batch has time to be written.</value>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>Attempts made at one call before its failure stands.</summary>
    /// <value>Default: 8.</value>
    public int MaxAttempts { get; init; } = 8;

    /// <summary>The largest answer that is read, in bytes.</summary>
    /// <value>Default: 256 MiB.</value>
    public int MaxAnswerBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>What is wrong with these values, in words; empty when they can be used. Says nothing about whether the CRM accepts them.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        if (!CrmAddress.TryParse(Address, out _, out var problem))
        {
            problems.Add(problem);
        }

        if (string.IsNullOrEmpty(Token) || !Token.All(c => c is > ' ' and <= '~'))
        {
            problems.Add("The CRM's token is missing, or cannot stand in a header.");
        }

        if (MaxAttempts < 1 || MaxAnswerBytes < 1 || RequestTimeout <= TimeSpan.Zero)
        {
            problems.Add("Attempts, the size of answers and the time-out must be positive.");
        }

        return problems;
    }

    /// <summary>The address only.</summary>
    public override string ToString() => $"CRM at {Address}";
}
