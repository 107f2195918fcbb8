using CrmSync.Core.Employees;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Setup;

namespace CrmSync.Core.Tests.Setup.Fakes;

/// <summary>A small MSP on both sides, and settings that fit it.</summary>
internal sealed class SetupWorld : ISystems
{
    public const string Secret = "s3cr3t-private-key-of-acme";

    public static readonly TenantId Acme = new("acme");

    public SetupWorld()
    {
        ConnectWise.Choices[Entity.User] = new() { Types = [new(1, "Sales"), new(2, "Engineer")] };
        ConnectWise.Choices[Entity.Company] = new() { Types = [new(10, "Prospect"), new(11, "Client")], Statuses = [new(1, "Active")] };
        ConnectWise.Choices[Entity.Contact] = new() { Types = [new(20, "Decision maker")] };
        ConnectWise.Choices[Entity.Solution] = new() { Types = [new(30, "Service")], Categories = [new(31, "Support")], BillingCycles = [new(32, "Monthly")] };
        ConnectWise.Choices[Entity.Activity] = new() { Types = [new(40, "Phone call"), new(41, "Chore")] };
        ConnectWise.Choices[Entity.Opportunity] = new() { Types = [new(50, "New")], Statuses = [new(51, "Open")], Stages = [new(52, "Proposal")] };
        ConnectWise.Fields[Entity.Company] =
        [
            Field("name", FieldKind.Text), Field("phone", FieldKind.Phone), Field("numberOfEmployees", FieldKind.Number), Field("lastCalled", FieldKind.DateTime, readOnly: true),
            Field("custom:7", FieldKind.Date) with { Custom = true }, Field("territory", FieldKind.Choice),
        ];
        Crm.Choices = new()
        {
            Roles = ["Salesperson", "Marketer"],
            CompanyTypes = ["Prospect", "Client"],
            ContactTypes = ["Decision maker"],
            SolutionCategories = ["Services"],
            OpportunityTypes = ["New business"],
            Pipelines = [new("Sales", ["Open", "Proposal"]), new("Renewals", ["Due"])],
        };
        Crm.Fields[Entity.Company] =
        [
            Field("name", FieldKind.Text), Field("phone", FieldKind.Phone), Field("score", FieldKind.Number, readOnly: true), Field("size", FieldKind.Number),
            Field("notes", FieldKind.LongText), Field("custom:renewal", FieldKind.Date) with { Custom = true },
            Field("region", FieldKind.Choice) with { Choices = ["North", "South"] },
        ];
        Service = new SetupService(Setups, Secrets, this, Links);
    }

    public FakeConnectWise ConnectWise { get; } = new();

    public FakeCrm Crm { get; } = new();

    public MemoryDirectory Directory { get; } = new();

    /// <summary>The directories that were opened by settings that are not saved, with their tokens.</summary>
    public List<(DirectorySettings Settings, string? Token)> TriedDirectories { get; } = [];

    public MemorySetupStore Setups { get; } = new();

    public MemorySecretStore Secrets { get; } = new();

    public MemoryLinkStore Links { get; } = new();

    public SetupService Service { get; }

    /// <summary>The connections and keys that a connection was opened with but not saved.</summary>
    public List<(ConnectionSettings Connection, string Key)> Tried { get; } = [];

    /// <summary>The CRMs that were tested, with their tokens.</summary>
    public List<(CrmSettings Crm, string Token)> TriedCrms { get; } = [];

    /// <summary>What the test of a CRM comes to.</summary>
    public ConnectionCheck CrmCheck { get; set; } = new() { Subject = "crm", Passed = true };

    public static ConnectionForm Connection { get; } = new()
    {
        Site = "na.myconnectwise.net",
        Company = "acme",
        PublicKey = "public",
        PrivateKey = Secret,
        ClientId = "11111111-2222-3333-4444-555555555555",
        DefaultCountry = "US",
        Concurrency = 8,
    };

    public static UsersSettings Users { get; } = new() { Types = [new(1, "Salesperson")] };

    public static CompaniesSettings Companies { get; } = new() { Types = [new(10, "Prospect", "Prospects"), new(null, null, null)] };

    public static ContactsSettings Contacts { get; } = new() { Types = [new(20, "Decision maker"), new(null, null)] };

    public static SolutionsSettings Solutions { get; } = new() { Combinations = [new(30, 31, 32, "Services"), new(30, 31, null, null)] };

    public static ActivitiesSettings Activities { get; } = new() { Types = [new(40, ActivityKind.Call), new(41, null)] };

    public static OpportunitiesSettings Opportunities { get; } =
        new() { Types = [new(50, "New business")], Stages = [new(51, 52, "Sales", "Proposal"), new(null, null, "Sales", "Open")] };

    Task<IConnectWise> ISystems.ConnectWiseAsync(TenantId tenant, CancellationToken cancellation) => Task.FromResult<IConnectWise>(ConnectWise);

    IConnectWise ISystems.ConnectWise(ConnectionSettings connection, string privateKey)
    {
        Tried.Add((connection, privateKey));
        return ConnectWise;
    }

    Task<ICrm> ISystems.CrmAsync(TenantId tenant, CancellationToken cancellation) => Task.FromResult<ICrm>(Crm);

    Task<ConnectionCheck> ISystems.TestCrmAsync(CrmSettings crm, string token, CancellationToken cancellation)
    {
        TriedCrms.Add((crm, token));
        return Task.FromResult(CrmCheck);
    }

    Task<IDirectory> ISystems.DirectoryAsync(TenantId tenant, CancellationToken cancellation) => Task.FromResult<IDirectory>(Directory);

    IDirectory ISystems.OpenDirectory(TenantId tenant, DirectorySettings settings, string? token)
    {
        TriedDirectories.Add((settings, token));
        return Directory;
    }

    public static FieldDefinition Field(string key, FieldKind kind, bool readOnly = false) => new() { Key = key, Label = key, Kind = kind, ReadOnly = readOnly };

    public ConnectWiseMember AddMember(long id, string? email, long? type = 1, bool inactive = false)
    {
        var member = new ConnectWiseMember { Id = new(id), Identifier = $"m{id}", Name = $"Member {id}", Email = email, TypeId = type, Inactive = inactive };
        ConnectWise.Members.Add(member);
        return member;
    }

    /// <summary>Saves every step up to one, that one included.</summary>
    public async Task SaveUpToAsync(SetupStep last)
    {
        foreach (var step in SetupSteps.All.Where(step => step <= last))
        {
            var saved = await SaveAsync(step);
            Assert.True(saved.Succeeded, saved.Refusal?.Message);
        }
    }

    public Task<Result<StepView>> SaveAsync(SetupStep step) => step switch
    {
        SetupStep.Connection => Service.SaveAsync(Acme, Connection, default),
        SetupStep.Users => Service.SaveAsync(Acme, Users, default),
        SetupStep.Companies => Service.SaveAsync(Acme, Companies, default),
        SetupStep.Contacts => Service.SaveAsync(Acme, Contacts, default),
        SetupStep.Solutions => Service.SaveAsync(Acme, Solutions, default),
        SetupStep.Activities => Service.SaveAsync(Acme, Activities, default),
        SetupStep.Opportunities => Service.SaveAsync(Acme, Opportunities, default),
    };
}
