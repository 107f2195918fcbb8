using System.Globalization;
using CrmSync.Core.Records;

namespace CrmSync.Simulation.Employees;

/// <summary>People who come, change and leave in ConnectWise, and those who look after the directory by hand.</summary>
internal sealed class People(EmployeeWorld world)
{
    /// <summary>The fields that are edited on both sides.</summary>
    public static readonly string[] Edited = [FieldKeys.FirstName, FieldKeys.LastName, FieldKeys.Team, FieldKeys.Position, FieldKeys.Location];
    private long _lastId;

    /// <summary>The address that a member has from the beginning.</summary>
    public static string AddressOf(long id) => string.Create(CultureInfo.InvariantCulture, $"m{id}@acme.example");

    /// <summary>Somebody does something.</summary>
    public void Do()
    {
        world.Tick();
        var members = world.Psa.Of(Entity.Employee).ToList();
        switch (world.Chance.Below(16))
        {
            case < 4:
                Join();
                break;
            case < 8 when members.Count > 0:
                Edit(world.Chance.Of(members));
                break;
            case < 11 when members.Count > 0:
                Switch(world.Chance.Of(members));
                break;
            case 11 when members.Count > 0:
                Readdress(world.Chance.Of(members));
                break;
            case 12:
                AddByHand(members);
                break;
            case 13:
                EditByHand();
                break;
            case 14 when world.Directory.Employees is { Count: > 4 } employees:
                world.Directory.Remove(world.Chance.Of(employees).Id);
                break;
            case 15:
                // Now and then the directory takes a field and leaves it as it is.
                if (!world.Directory.Ignores.Remove(FieldKeys.Active))
                {
                    world.Directory.Ignores.Add(FieldKeys.Active);
                }

                break;
        }
    }

    private void Join()
    {
        var id = ++_lastId;
        var fields = new FieldValues
        {
            [FieldKeys.Identifier] = string.Create(CultureInfo.InvariantCulture, $"M{id}"),
            [FieldKeys.Email] = world.Chance.Below(12) == 0 ? null : AddressOf(id),
        };
        foreach (var key in Edited)
        {
            fields[key] = Value();
        }

        Put(new ConnectWiseRecord { Id = new(id), TypeIds = [1 + world.Chance.Below(3)], Inactive = world.Chance.Below(6) == 0, Fields = fields });
    }

    private void Edit(ConnectWiseRecord member)
    {
        var fields = member.Fields.Copy();
        var key = world.Chance.Of(Edited);
        fields[key] = world.Chance.Below(5) == 0 ? null : Value();
        Put(new ConnectWiseRecord { Id = member.Id, TypeIds = member.TypeIds, Inactive = member.Inactive, Fields = fields });
    }

    private void Switch(ConnectWiseRecord member) =>
        Put(new ConnectWiseRecord { Id = member.Id, TypeIds = member.TypeIds, Inactive = !member.Inactive, Fields = member.Fields });

    // Nobody ever gets an address that another one had.
    private void Readdress(ConnectWiseRecord member)
    {
        var fields = member.Fields.Copy();
        fields[FieldKeys.Email] = string.Create(CultureInfo.InvariantCulture, $"m{member.Id}.{world.Chance.Below(1000)}@acme.example");
        Put(new ConnectWiseRecord { Id = member.Id, TypeIds = member.TypeIds, Inactive = member.Inactive, Fields = fields });
    }

    private void AddByHand(List<ConnectWiseRecord> members)
    {
        if (members.Count == 0)
        {
            return;
        }

        var like = world.Chance.Of(members);
        var (email, id) = (like.Fields[FieldKeys.Email], like.Fields[FieldKeys.Identifier]);
        var employee = world.Chance.Below(4) switch
        {
            0 => world.Directory.Add(email, id),
            1 => world.Directory.Add(email, "else"),
            2 => world.Directory.Add("else@acme.example", id),
            _ => world.Directory.Add(email?.ToUpperInvariant(), id),
        };
        world.Oracle.Added(employee);
    }

    private void EditByHand()
    {
        if (world.Directory.Employees is not { Count: > 0 } employees)
        {
            return;
        }

        var employee = world.Chance.Of(employees);
        var key = world.Chance.Below(4) == 0 ? FieldKeys.Active : world.Chance.Of(Edited);
        employee.Fields[key] = key != FieldKeys.Active ? Value() : employee.Fields[key] == "true" ? "false" : "true";
        world.Oracle.ByHand(employee.Id, key);
    }

    private void Put(ConnectWiseRecord member)
    {
        world.Psa.Put(Entity.Employee, member);
        world.Oracle.Typed(member);
    }

    private string Value() => world.Chance.Of(["Ann", "Bob", "Çelik", "Service", "Sales", "Tampa"]);
}
