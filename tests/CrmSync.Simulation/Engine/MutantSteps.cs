using CrmSync.Core;
using CrmSync.Core.Workflows;
using CrmSync.Core.Workflows.Import;

namespace CrmSync.Simulation.Engine;

/// <summary>Steps one of which answers wrongly.</summary>
internal static class MutantSteps
{
    public static RunStep Of(StepCatalog catalog, Mutant mutant) => mutant != Mutant.CountNotCompared ? catalog.RunStepAsync
        : async (step, context, input) =>
        {
            var result = await catalog.RunStepAsync(step, context, input);
            return step != ImportSteps.Verify.Name ? result
                : CoreJson.Serialize(CoreJson.Deserialize<Verified>(result) with { CountAfter = CoreJson.Deserialize<VerifyInput>(input).Seen });
        };
}
