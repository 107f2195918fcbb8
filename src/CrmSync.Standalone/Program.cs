using CrmSync.Standalone.Commands;
using CrmSync.Standalone.Console;

using var interruptions = Interruptions.OfProcess();
return await CommandLine.RunAsync(args, new CommandContext { Terminal = Terminal.OfProcess(), Interruptions = interruptions });
