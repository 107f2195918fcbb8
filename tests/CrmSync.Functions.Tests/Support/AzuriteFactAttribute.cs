using CrmSync.Storage.Azure.Tests.Support;

namespace CrmSync.Functions.Tests.Support;

/// <summary>A test that needs the emulator of Azure's storage; without one it is skipped, and says what is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AzuriteFactAttribute : FactAttribute
{
    public AzuriteFactAttribute() => Skip = Azurite.Missing;
}
