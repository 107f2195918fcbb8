using CrmSync.Core.Planning;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Workflows.Apply;

namespace CrmSync.Core.Workflows.Import;

/// <summary>A stage of the CRM as the target of a plan.</summary>
internal sealed class CrmTarget(StageContext stage) : ApplyTarget
{
    public override Entity Entity => stage.Stage;

    public override IReadOnlyList<MappedField> Fields => stage.Mapping.Fields;

    public override string Company => stage.Mapping.ConnectWiseCompany;

    public override ApplyReasons Reasons { get; } = new(Reason.CrmRecordGone, Reason.CrmRefused, Reason.LinkTaken);

    public override Task<IReadOnlyDictionary<CrmId, CrmRecord>> ReadAsync(IReadOnlyList<CrmId> ids) =>
        stage.Crm.ReadAsync(stage.Stage, ids, stage.Cancellation);

    public override Task<IReadOnlyList<CrmWriteResult>> WriteAsync(IReadOnlyList<CrmWrite> writes) =>
        stage.Crm.WriteAsync(stage.Stage, writes, stage.Cancellation);

    public override bool Same(string key, string? left, string? right) => stage.Mapping.Same(key, left, right);
}
