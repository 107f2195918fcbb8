using Azure.Data.Tables;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Storage.Azure.Tables;

namespace CrmSync.Storage.Azure.Invitations;

/// <summary>
/// How invitations stand in rows. A tenant is a partition, with a row for each employee and one for each token that is out, which names its employee: both
/// are written in one transaction. Each write of an employee's row leaves a mark of its own, by which one whose answer was lost knows its work again.
/// </summary>
internal static class InvitationRows
{
    private const string EmployeeColumn = "Employee";
    private const string EmailColumn = "Email";
    private const string NameColumn = "Name";
    private const string StateColumn = "State";
    private const string TokenColumn = "TokenHash";
    private const string AtColumn = "At";
    private const string ErrorColumn = "Error";
    private const string WriterColumn = "Writer";
    private const string EmployeeKind = "employee";
    private const string TokenKind = "token";

    private static readonly Dictionary<string, InvitationState> States = Enum.GetValues<InvitationState>().ToDictionary(NameOf);

    /// <summary>Selects the rows of a tenant's employees.</summary>
    public static string FilterOf(TenantId tenant) => TableClient.CreateQueryFilter(
        $"PartitionKey eq {tenant.Value} and RowKey ge {EmployeeKind + KeyText.Separator} and RowKey lt {EmployeeKind + KeyText.PastSeparator}");

    /// <summary>Where an employee's row stands.</summary>
    public static RowAddress AddressOf(TenantId tenant, CrmId employee) =>
        new(tenant.Value, $"{EmployeeKind}{KeyText.Separator}{KeyText.Encode(employee.Value)}");

    /// <summary>Where a token's row stands.</summary>
    public static RowAddress AddressOf(TenantId tenant, string tokenHash) => new(tenant.Value, $"{TokenKind}{KeyText.Separator}{KeyText.Encode(tokenHash)}");

    /// <summary>An employee's row.</summary>
    public static TableEntity Make(TenantId tenant, Invitation invitation, Guid writer)
    {
        var address = AddressOf(tenant, invitation.Employee);
        return new TableEntity(address.Partition, address.Row)
        {
            [EmployeeColumn] = invitation.Employee.Value,
            [EmailColumn] = invitation.Email,
            [NameColumn] = invitation.Name,
            [StateColumn] = NameOf(invitation.State),
            [TokenColumn] = invitation.TokenHash,
            [AtColumn] = invitation.At?.UtcTicks,
            [ErrorColumn] = invitation.Error,
            [WriterColumn] = writer,
        };
    }

    /// <summary>A token's row.</summary>
    public static TableEntity MakeToken(TenantId tenant, string tokenHash, CrmId employee)
    {
        var address = AddressOf(tenant, tokenHash);
        return new TableEntity(address.Partition, address.Row) { [EmployeeColumn] = employee.Value };
    }

    /// <summary>The employee that a row is about.</summary>
    public static CrmId EmployeeOf(TableEntity row) => new(row.GetString(EmployeeColumn));

    /// <summary>Whose write an employee's row holds.</summary>
    public static Guid? WriterOf(TableEntity? row) => row?.GetGuid(WriterColumn);

    /// <summary>The invitation of an employee's row.</summary>
    public static Invitation Read(TableEntity row) => new()
    {
        Employee = EmployeeOf(row),
        Email = row.GetString(EmailColumn),
        Name = row.GetString(NameColumn),
        State = States[row.GetString(StateColumn)],
        TokenHash = row.GetString(TokenColumn),
        At = row.GetInt64(AtColumn) is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null,
        Error = row.GetString(ErrorColumn),
    };

    // Words of their own: a case that is renamed must not change what was stored.
    private static string NameOf(InvitationState state) => state switch
    {
        InvitationState.Waiting => "waiting",
        InvitationState.Due => "due",
        InvitationState.Sending => "sending",
        InvitationState.Sent => "sent",
        InvitationState.Refused => "refused",
        InvitationState.Redeemed => "redeemed",
    };
}
