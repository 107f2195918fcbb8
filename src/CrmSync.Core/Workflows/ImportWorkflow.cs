using CrmSync.Core.Records;

namespace CrmSync.Core.Workflows;

/// <summary>What an import run is given.</summary>
/// <param name="Stages">The stages, in order.</param>
/// <param name="DryRun">Whether to stop after the guard.</param>
public sealed record ImportInput(IReadOnlyList<Entity> Stages, bool DryRun);

/// <summary>The import: the five stations over the stages, in order.</summary>
public static class ImportWorkflow
{
    /// <summary>The workflow's name in a host's catalog.</summary>
    public const string Name = "import";
}
