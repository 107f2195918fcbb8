using System.Net.Sockets;
using CrmSync.Standalone.Client;
using CrmSync.Standalone.Console;
using CrmSync.Standalone.Hosting;
using CrmSync.Standalone.Setup;
using CrmSync.Storage.Sqlite;
using Microsoft.AspNetCore.Connections;

namespace CrmSync.Standalone.Commands;

/// <summary>Turns an exception into one short message with a remedy, and an exit code.</summary>
internal static class Failures
{
    /// <summary>Writes the message.</summary>
    public static int Report(Exception exception, Terminal terminal, Interruptions interruptions, bool verbose)
    {
        if (exception is OperationCanceledException && interruptions.First.IsCancellationRequested)
        {
            return ExitCodes.Cancelled;
        }

        var (code, message, remedy) = Explain(exception);
        foreach (var line in Wrapped.Lines("error: ", [message, .. (exception as ApiException)?.Others ?? [], remedy], Terminal.NarrowWidth))
        {
            terminal.Error.WriteLine(line);
        }

        if (verbose)
        {
            terminal.Error.WriteLine(exception);
        }

        return code;
    }

    private static (int Code, string Message, string Remedy) Explain(Exception exception) => exception switch
    {
        CommandException e => (e.ExitCode, e.Message, e.Remedy),
        ApiException e => (e.ExitCode, e.Message, e.Problem.Remedy),
        ConnectionFailedException e => (ExitCodes.Unavailable, $"The connection does not work. {e.Message}", e.Remedy),
        DataDirectoryInUseException { Holder.Url: { } url } e => (
            ExitCodes.RefusedByState, e.Message, $"Speak with it (--server {url}), end it, or choose another directory with --data."),
        DataDirectoryInUseException e => (ExitCodes.RefusedByState, e.Message, "End the other process, or choose another directory with --data."),
        StorageException { Code: "storage-locked" } e => (ExitCodes.RefusedByState, e.Message, e.Remedy),
        StorageException e => (ExitCodes.WrongInput, e.Message, e.Remedy),
        IOException { InnerException: AddressInUseException } or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } => (
            ExitCodes.RefusedByState, "The port is in use by another program.", "Choose another with --port; 0 stands for any free one."),
        UnauthorizedAccessException e => (ExitCodes.WrongInput, e.Message, "Choose a folder that you may write to with --data."),
        IOException e => (ExitCodes.WrongInput, e.Message, "Check the paths on the command line."),
        _ => (ExitCodes.Failed, $"Something went wrong inside CrmSync: {exception.GetType().Name}: {exception.Message}",
            "Run the command again with --verbose and report what it writes."),
    };
}
