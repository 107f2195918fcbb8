using System.Runtime.InteropServices;
using System.Text.Json;
using CrmSync.Simulator;
using CrmSync.Simulator.CommandLine;
using CrmSync.Simulator.Crm;

if (!Arguments.TryParse(args, out var arguments, out var problem))
{
    Console.Error.WriteLine(problem);
    Console.Error.WriteLine(Arguments.Usage);
    return 2;
}

var ended = new TaskCompletionSource();
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);

if (arguments.CrmSeedFile is { } file)
{
    await File.WriteAllLinesAsync(file, CrmSeed.Generate(arguments.Options).Select(r => JsonSerializer.Serialize(r)));
}

await using var server = await SimulatorServer.StartAsync(arguments.Options);
Console.WriteLine($"ConnectWise simulator at {server.BaseAddress}");
await ended.Task;
return 0;

void End(PosixSignalContext signal)
{
    signal.Cancel = true;
    ended.TrySetResult();
}
