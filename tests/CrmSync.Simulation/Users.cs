using CrmSync.Core.Records;
using CrmSync.Simulation.Sides;

namespace CrmSync.Simulation;

/// <summary>People who work on both sides.</summary>
internal sealed class Users(World world)
{
    private long _lastId;

    /// <summary>Somebody does something.</summary>
    public void Do()
    {
        world.Tick();
        var entity = world.Chance.Flip() ? Entity.Company : Entity.Contact;
        switch (world.Chance.Below(12))
        {
            case < 4:
                AddToPsa(entity);
                break;
            case < 7:
                EditInPsa(entity);
                break;
            case 7:
                SwitchInPsa(entity);
                break;
            case 8 when world.Psa.Of(entity).Count > 4:
                world.Psa.Delete(entity, world.Chance.Of([.. world.Psa.Of(entity)]).Id);
                break;
            case 9:
                world.Crm.Add(entity, Drawn(entity, Fields.Mapped(entity).Where(key => key != FieldKeys.Company)));
                break;
            default:
                EditInCrm(entity);
                break;
        }
    }

    private void AddToPsa(Entity entity)
    {
        var fields = Drawn(entity, Fields.Mapped(entity).Where(key => key != FieldKeys.Company));
        if (entity == Entity.Contact)
        {
            fields[FieldKeys.Company] = world.Psa.Of(Entity.Company) is { Count: > 0 } companies && world.Chance.Below(4) > 0
                ? world.Chance.Of([.. companies]).Id.ToString() : null;
        }

        Put(entity, new ConnectWiseRecord
        {
            Id = new ConnectWiseId(++_lastId),
            TypeIds = world.Chance.Below(6) switch { 0 => [], 1 => [3], 2 => [2, 1], _ => [1] },
            Inactive = world.Chance.Below(10) == 0,
            Fields = fields,
        });
    }

    private void EditInPsa(Entity entity)
    {
        if (world.Psa.Of(entity) is { Count: > 0 } records)
        {
            var record = world.Chance.Of([.. records]);
            var fields = record.Fields.Copy();
            var key = world.Chance.Of([.. Fields.Mapped(entity).Where(key => key != FieldKeys.Company)]);
            fields[key] = world.Chance.Of(Fields.Values(key));
            Put(entity, new ConnectWiseRecord { Id = record.Id, TypeIds = record.TypeIds, Inactive = record.Inactive, Fields = fields });
        }
    }

    private void SwitchInPsa(Entity entity)
    {
        if (world.Psa.Of(entity) is { Count: > 0 } records)
        {
            var record = world.Chance.Of([.. records]);
            Put(entity, new ConnectWiseRecord { Id = record.Id, TypeIds = record.TypeIds, Inactive = !record.Inactive, Fields = record.Fields });
        }
    }

    private void Put(Entity entity, ConnectWiseRecord record)
    {
        world.Psa.Put(entity, record);
        world.Oracle.Typed(entity, record);
    }

    private void EditInCrm(Entity entity)
    {
        if (world.Crm.Of(entity) is not { Count: > 0 } records)
        {
            return;
        }

        var record = world.Chance.Of([.. records]);
        if (world.Chance.Below(8) == 0)
        {
            world.Oracle.Deleted(record);
            world.Crm.Delete(entity, record.Id);
            return;
        }

        var key = world.Chance.Of([.. Fields.Of(entity).Select(field => field.Key).Where(key => key is not (FieldKeys.Company or FieldKeys.Type))]);
        world.Crm.Edit(entity, record.Id, key, world.Chance.Of(Fields.Values(key)));
    }

    private FieldValues Drawn(Entity entity, IEnumerable<string> keys)
    {
        var fields = new FieldValues();
        foreach (var key in keys)
        {
            fields[key] = world.Chance.Of(Fields.Values(key));
        }

        return fields;
    }
}
