namespace CrmSync.Core.Employees;

/// <summary>A test that passed (EM-2).</summary>
/// <param name="Digest">A keyed digest of all that was tested, secrets included: it says nothing by itself.</param>
/// <param name="At">When.</param>
public sealed record PassedTest(string Digest, DateTimeOffset At);
