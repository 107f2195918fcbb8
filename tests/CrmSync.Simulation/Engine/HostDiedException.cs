namespace CrmSync.Simulation.Engine;

/// <summary>The process died here: nothing of it goes on.</summary>
internal sealed class HostDiedException : Exception;
