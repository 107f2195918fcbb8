using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Contracts.Employees;

/// <summary>A directory under test, and the doors through which others use it. Each test has one of its own.</summary>
public interface IDirectoryHarness : IAsyncDisposable
{
    /// <summary>The directory, through a client of its own.</summary>
    IDirectory Open();

    /// <summary>Whether it keeps the pictures that it says it takes.</summary>
    bool KeepsPictures => true;

    /// <summary>Somebody else adds an employee: without an external key.</summary>
    Task<CrmId> AddAsync(string firstName, string lastName, string email, string? employeeId = null);

    /// <summary>Somebody else gives an employee another position.</summary>
    Task EditPositionAsync(CrmId id, string position);

    /// <summary>Somebody else deletes an employee.</summary>
    Task DeleteAsync(CrmId id);

    /// <summary>What the directory holds as an employee's picture: its hash or its address; null for none.</summary>
    Task<string?> PictureOfAsync(CrmId id);

    /// <summary>Lets the directory's clock go on by at least a second.</summary>
    Task PassTimeAsync();
}
