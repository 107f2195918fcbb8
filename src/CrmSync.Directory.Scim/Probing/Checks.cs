using CrmSync.Core.Ports;
using CrmSync.Scim.Client;

namespace CrmSync.Scim.Probing;

/// <summary>The lines of a connection test, as they come together.</summary>
internal sealed class Checks
{
    private readonly List<ConnectionCheck> _lines = [];

    public ConnectionTestReport Report => new([.. _lines]);

    public void Pass(string subject) => _lines.Add(new ConnectionCheck { Subject = subject, Passed = true });

    public void Fail(string subject, string cause, string remedy) =>
        _lines.Add(new ConnectionCheck { Subject = subject, Passed = false, Cause = cause, Remedy = remedy });

    public void Fail(string subject, Fault fault) => Fail(subject, fault.Message, fault.Remedy);
}
