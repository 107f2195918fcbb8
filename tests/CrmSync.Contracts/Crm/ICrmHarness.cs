using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Contracts.Crm;

/// <summary>A CRM under test, and the doors through which a test sees what <see cref="ICrm"/> does not show. Each test has one of its own.</summary>
public interface ICrmHarness : IAsyncDisposable
{
    /// <summary>The CRM of a tenant; the same data for the same name.</summary>
    ICrm Open(string tenant);

    /// <summary>The lists that a contact is on.</summary>
    Task<IReadOnlyList<string>> ListsOfAsync(string tenant, CrmId contact);

    /// <summary>How many invitations have gone to an address.</summary>
    Task<int> InvitationsOfAsync(string tenant, string email);

    /// <summary>Gives the tenant a field of its own and answers its key; null where the CRM's customers cannot define such a field.</summary>
    Task<string?> DefineFieldAsync(string tenant, Entity entity, string name, FieldKind kind, params string[] choices);

    /// <summary>Deletes a record, as somebody who works in the CRM does.</summary>
    Task DeleteAsync(string tenant, Entity entity, CrmId id);

    /// <summary>Lets the CRM's clock go on by at least a second.</summary>
    Task PassTimeAsync();
}
