using CrmSync.Core.Records;

namespace CrmSync.ConnectWise.Parsing;

/// <summary>What a record says beside its mapped fields, while it is being read.</summary>
internal struct RecordHead
{
    public long Id;
    public DateTimeOffset? UpdatedAt;
    public bool Inactive;
    public bool NotRecurring;
    public IReadOnlyList<long>? TypeIds;
    private long? _statusId;
    private long? _stageId;
    private long? _categoryId;
    private long? _billingCycleId;

    public void Set(MemberRole role, long? id)
    {
        switch (role)
        {
            case MemberRole.Type:
                TypeIds = id is { } type ? [type] : [];
                break;
            case MemberRole.Status:
                _statusId = id;
                break;
            case MemberRole.Stage:
                _stageId = id;
                break;
            case MemberRole.Category:
                _categoryId = id;
                break;
            case MemberRole.BillingCycle:
                _billingCycleId = id;
                break;
        }
    }

    public readonly ConnectWiseRecord ToRecord(FieldValues fields) => new()
    {
        Id = new ConnectWiseId(Id),
        UpdatedAt = UpdatedAt,
        Inactive = Inactive,
        TypeIds = TypeIds ?? [],
        StatusId = _statusId,
        StageId = _stageId,
        CategoryId = _categoryId,
        // A cycle may be left over from a time when the item was recurring.
        BillingCycleId = NotRecurring ? null : _billingCycleId,
        Fields = fields,
    };
}
