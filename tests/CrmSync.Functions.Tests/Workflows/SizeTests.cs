using System.Text;
using CrmSync.Functions.Tests.Support;
using CrmSync.Functions.Workflows;
using Xunit.Abstractions;

namespace CrmSync.Functions.Tests.Workflows;

/// <summary>What goes through the task hub stays small for an account of a million records.</summary>
public sealed class SizeTests(ITestOutputHelper output)
{
    private const int Most = 16 * 1024;

    [Fact]
    public async Task Import_OfAMillionRecords_TakesHundredsOfActivitiesWithSmallInputsAndOutputs()
    {
        var conductor = new Conductor(FakeAccount.Million.Catalog());
        await conductor.RunAsync(1);

        var steps = conductor.Orchestration.Calls.Values.Where(call => call.Name == StepActivity.Name).ToList();
        var input = conductor.Orchestration.Calls.Values.Max(call => Encoding.UTF8.GetByteCount(call.Input));
        var answer = conductor.Answers.Max(Encoding.UTF8.GetByteCount);
        output.WriteLine($"{steps.Count} activities; the largest input has {input} bytes, the largest answer {answer}.");
        Assert.InRange(steps.Count, 100, 999);
        Assert.InRange(input, 1, Most);
        Assert.InRange(answer, 1, Most);
        Assert.InRange(Encoding.UTF8.GetByteCount(conductor.Orchestration.Status), 1, Most);
    }
}
