using CrmSync.Core.Matching;
using CrmSync.Core.Planning;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Setup;
using CrmSync.Core.Workflows.Apply;

namespace CrmSync.Core.Tests.Planning;

/// <summary>One company record on both sides with its link, planned and applied in memory.</summary>
internal sealed class World
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly IReadOnlyList<FieldDefinition> CompanyFields =
    [
        .. new[] { (FieldKeys.Name, FieldKind.Text), (FieldKeys.Phone, FieldKind.Phone), (FieldKeys.City, FieldKind.Text), (FieldKeys.Type, FieldKind.Choice) }
            .Select(field => new FieldDefinition { Key = field.Item1, Label = field.Item1, Kind = field.Item2 }),
    ];

    public World(params FieldMapping[] fields)
    {
        var setup = new TenantSetup
        {
            Connection = new ConnectionSettings { Site = "localhost", Company = "acme", PublicKey = "p", ClientId = "c" },
            Companies = new CompaniesSettings
            {
                Types = [new CompanyTypeMapping(1, "Client", "Clients"), new CompanyTypeMapping(null, null, null)],
                Fields = fields.Length == 0 ? [new(FieldKeys.Name, FieldKeys.Name), new(FieldKeys.Phone, FieldKeys.Phone), new(FieldKeys.City, FieldKeys.City)] : fields,
            },
        };
        Mapping = new EntityMapping(Entity.Company, setup, CompanyFields);
    }

    public EntityMapping Mapping { get; }

    public ConnectWiseRecord ConnectWise { get; set; } = Company([1], ("name", "Acme"));

    public CrmRecord? Crm { get; set; }

    public Link? Link { get; set; }

    /// <summary>The list that the record belongs on, as a contact's by its company's type.</summary>
    public string? List { get; set; }

    public static ConnectWiseRecord Company(long[] types, params (string Key, string? Value)[] fields) => Company(types, Noon, false, fields);

    public static ConnectWiseRecord Company(long[] types, DateTimeOffset updatedAt, bool inactive, params (string Key, string? Value)[] fields)
    {
        var values = new FieldValues { [FieldKeys.Name] = null, [FieldKeys.Phone] = null, [FieldKeys.City] = null };
        foreach (var (key, value) in fields)
        {
            values[key] = value;
        }

        return new ConnectWiseRecord { Id = new(7), UpdatedAt = updatedAt, Inactive = inactive, TypeIds = types, Fields = values };
    }

    public static CrmRecord InCrm(DateTimeOffset updatedAt, params (string Key, string? Value)[] fields)
    {
        var values = new FieldValues();
        foreach (var (key, value) in fields)
        {
            values[key] = value;
        }

        return new CrmRecord { Id = new("C-1"), UpdatedAt = updatedAt, Fields = values };
    }

    public PlanLine Plan(MatchDecision? match = null) => new RecordPlanner(Mapping).Plan(new Observations(
        ConnectWise, Translation.Of(ConnectWise, Mapping, new References(), ConnectWise.Inactive) with { List = List }, Link, Crm,
        Link is null ? match ?? MatchDecision.New : null));

    /// <summary>Does to the CRM and to the link what the line says.</summary>
    public void Apply(PlanLine line)
    {
        if (line.Operation is not { } operation)
        {
            return;
        }

        var fields = Crm?.Fields.Copy() ?? new FieldValues();
        foreach (var (key, value) in operation.Write)
        {
            fields[key] = value;
        }

        Crm = new CrmRecord { Id = new("C-1"), UpdatedAt = operation.Write.Count > 0 ? Noon.AddDays(10) : Crm?.UpdatedAt, Fields = fields };
        Link = Snapshots.LinkOf(Mapping.Fields, ConnectWise.Id, Crm.Id, operation, operation.Write, new RunId("run"));
    }

    /// <summary>Sends what the line says; nobody confirms it.</summary>
    /// <param name="line">The line.</param>
    /// <param name="arrived">What became of a value in the CRM; null where the write never arrived.</param>
    public void Send(PlanLine line, Func<string?, string?>? arrived)
    {
        var operation = line.Operation!;
        Link = SentValues.Note(Link!, operation, (_, left, right) => left == right);
        var fields = Crm!.Fields.Copy();
        foreach (var (key, value) in arrived is null ? [] : operation.Write)
        {
            fields[key] = arrived!(value);
        }

        Crm = new CrmRecord { Id = Crm.Id, UpdatedAt = arrived is null ? Crm.UpdatedAt : Noon.AddDays(10), Fields = fields };
    }

    public static Outcome OutcomeOf(PlanLine line) => line.Entry.Outcome;
}
