using CrmSync.Core.Employees;
using CrmSync.Core.Setup;
using CrmSync.Scim.Mapping;

namespace CrmSync.Scim;

/// <summary>How to reach a directory that speaks SCIM 2.0. <see cref="ToString"/> never shows the token.</summary>
public sealed record ScimConnection
{
    /// <summary>The tenant's settings: the address, and where fields go.</summary>
    public required DirectorySettings Settings { get; init; }

    /// <summary>The bearer token that opens the directory. Never logged, never part of an error.</summary>
    public required string Token { get; init; }

    /// <summary>Time after which one attempt is given up, its body included.</summary>
    /// <value>Default: 60 seconds.</value>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Attempts made at one call before its failure stands.</summary>
    /// <value>Default: 8.</value>
    public int MaxAttempts { get; init; } = 8;

    /// <summary>The largest answer that is read, in bytes.</summary>
    /// <value>Default: 64 MiB.</value>
    public int MaxAnswerBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Most writes under way at once, over all calls of one <see cref="ScimDirectory"/>.</summary>
    /// <value>Default: 4.</value>
    public int Concurrency { get; init; } = 4;

    /// <summary>What is wrong with these values, in words; empty when they can be used. Says nothing about whether the directory accepts them.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        if (!CrmAddress.TryParse(Settings.Address, out _, out var problem))
        {
            problems.Add(problem.Replace("The CRM's", "The directory's", StringComparison.Ordinal));
        }

        if (string.IsNullOrEmpty(Token) || !Token.All(c => c is > ' ' and <= '~'))
        {
            problems.Add("The directory's token is missing, or cannot stand in a header.");
        }

        if (MaxAttempts < 1 || MaxAnswerBytes < 1 || Concurrency < 1 || RequestTimeout <= TimeSpan.Zero)
        {
            problems.Add("Attempts, concurrency, the size of answers and the time-out must be positive.");
        }

        problems.AddRange(FieldTargets.Problems(Settings.Targets));
        return problems;
    }

    /// <summary>The address only.</summary>
    public override string ToString() => $"SCIM directory at {Settings.Address}";
}
