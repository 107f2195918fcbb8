using System.Reflection;

namespace CrmSync.EndToEnd.Support;

/// <summary>One call through a port, before or after it was done.</summary>
/// <param name="Port">The port's name.</param>
/// <param name="Method">The method's name.</param>
/// <param name="Arguments">What it was given.</param>
/// <param name="Done">Whether it was done.</param>
/// <param name="Result">What it answered; null before.</param>
internal sealed record PortCall(string Port, string Method, object?[] Arguments, bool Done, object? Result = null)
{
    public override string ToString() => $"{Port}.{Method} {(Done ? "done" : "begins")}";
}

/// <summary>Stands before a real port and tells of every asynchronous call before and after it; what the listener throws, the caller gets.</summary>
#pragma warning disable CA1852 // The runtime derives from it.
internal class PortTap<T> : DispatchProxy
    where T : class
#pragma warning restore CA1852
{
    private static readonly MethodInfo Listening = typeof(PortTap<T>).GetMethod(nameof(ListenAsync), BindingFlags.Instance | BindingFlags.NonPublic)!;

    private T _port = null!;
    private Func<PortCall, Task> _listener = null!;

    public static T Before(T port, Func<PortCall, Task> listener)
    {
        var proxy = Create<T, PortTap<T>>();
        var tap = (PortTap<T>)(object)proxy;
        (tap._port, tap._listener) = (port, listener);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        ArgumentNullException.ThrowIfNull(targetMethod);
        var arguments = args ?? [];
        var type = targetMethod.ReturnType;
        if (type == typeof(Task))
        {
            return ListenAsync(targetMethod, arguments, async () =>
            {
                await (Task)Call(targetMethod, arguments)!;
                return true;
            });
        }

        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>)
            ? Listening.MakeGenericMethod(type.GetGenericArguments()).Invoke(this, [targetMethod, arguments, null])
            : Call(targetMethod, arguments);
    }

    private async Task<TResult> ListenAsync<TResult>(MethodInfo method, object?[] arguments, Func<Task<TResult>>? call)
    {
        await _listener(new PortCall(typeof(T).Name, method.Name, arguments, Done: false));
        var result = await (call is null ? (Task<TResult>)Call(method, arguments)! : call());
        await _listener(new PortCall(typeof(T).Name, method.Name, arguments, Done: true, result));
        return result;
    }

    private object? Call(MethodInfo method, object?[] arguments)
    {
        try
        {
            return method.Invoke(_port, arguments);
        }
        catch (TargetInvocationException e) when (e.InnerException is { } inner)
        {
            throw inner;
        }
    }
}
