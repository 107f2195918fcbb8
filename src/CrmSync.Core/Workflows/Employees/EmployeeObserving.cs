using CrmSync.Core.Employees;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Workflows.Import;

namespace CrmSync.Core.Workflows.Employees;

/// <summary>Observe: the members by keyset with the counts before and after, and the directory once.</summary>
internal sealed class EmployeeObserving(EmployeeServices services)
{
    private const int EmployeesAPart = 1000;

    public async Task<EmployeesBegun> BeginAsync(StepContext context, EmployeeInput input)
    {
        var setup = await services.Setups.ReadAsync(context.Tenant, context.Cancellation).ConfigureAwait(false);
        var settings = setup.Employees ?? new EmployeeSettings();
        var connectWise = await services.Systems.ConnectWiseAsync(context.Tenant, context.Cancellation).ConfigureAwait(false);
        var usage = connectWise.Usage;
        var directory = await services.Systems.DirectoryAsync(context.Tenant, context.Cancellation).ConfigureAwait(false);
        var capabilities = await directory.DescribeAsync(context.Cancellation).ConfigureAwait(false);
        var run = new EmployeeRun(
            ContextOf(settings, setup.Connection?.Company ?? "", capabilities, services.Pictures.Addresses), capabilities.Pictures,
            Math.Max(1, capabilities.BatchSize), Math.Max(1, capabilities.WriteConcurrency));
        await services.Runs.WriteValueAsync(context, EmployeeServices.SettingsPart, run).ConfigureAwait(false);
        var asked = services.Time.GetTimestamp();
        var count = await connectWise.CountAsync(Entity.Employee, context.Cancellation).ConfigureAwait(false);
        return new EmployeesBegun(
            usage, connectWise.Usage.Requests - usage.Requests, count, services.Time.GetElapsedTime(asked).TotalSeconds, connectWise.PageSize,
            connectWise.Concurrency);
    }

    public async Task<MembersObserved> MembersAsync(StepContext context, MembersInput input)
    {
        var connectWise = await services.Systems.ConnectWiseAsync(context.Tenant, context.Cancellation).ConfigureAwait(false);
        var (pages, seen) = (0, 0L);
        var reading = connectWise.ReadPagesAsync(
            Entity.Employee, new IdRange(0, null), EmployeeFields.OfMember, input.Expected == 0 ? null : input.Expected, context.Cancellation);
        await foreach (var page in reading.ConfigureAwait(false))
        {
            using var received = page;
            await services.WriteAsync(context, PartKind.Observation, pages, page.Json).ConfigureAwait(false);
            await services.WriteAsync(context, PartKind.ReadingMap, pages++, ReadingMapPart.Write(page.Ids)).ConfigureAwait(false);
            seen += page.Ids.Count;
        }

        var after = await connectWise.CountAsync(Entity.Employee, context.Cancellation).ConfigureAwait(false);
        return new MembersObserved(pages, new MemberReading(input.Expected, after, seen), connectWise.Usage);
    }

    /// <summary>Reads the directory, for one member only what may be its employee. Answers how many parts it wrote.</summary>
    public async Task<int> DirectoryAsync(StepContext context, EmployeeInput input)
    {
        var directory = await services.Systems.DirectoryAsync(context.Tenant, context.Cancellation).ConfigureAwait(false);
        var employees = input.Order.Member is { } member
            ? await FindAsync(context, directory, member).ConfigureAwait(false) : directory.ReadAllAsync(context.Cancellation);
        var (part, parts) = (new List<CrmRecord>(EmployeesAPart), 0);
        await foreach (var employee in employees.ConfigureAwait(false))
        {
            part.Add(employee);
            if (part.Count == EmployeesAPart)
            {
                await services.WriteAsync(context, PartKind.Counterpart, parts++, part).ConfigureAwait(false);
                part.Clear();
            }
        }

        await services.WriteAsync(context, PartKind.Counterpart, parts, part).ConfigureAwait(false);
        return parts + 1;
    }

    /// <summary>The context of a sync: what is planned under these settings for a directory that can do so much.</summary>
    public static EmployeeContext ContextOf(EmployeeSettings settings, string company, DirectoryCapabilities capabilities, PictureAddresses addresses) => new()
    {
        Settings = settings,
        Company = company,
        Fields = [.. capabilities.Fields.Order(StringComparer.Ordinal)],
        OneEmployeeId = capabilities.OneEmployeeId,
        TakesPictures = capabilities.Pictures == PictureWay.Content || (capabilities.Pictures == PictureWay.Address && addresses.Exist),
    };

    private async Task<IAsyncEnumerable<CrmRecord>> FindAsync(StepContext context, IDirectory directory, ConnectWiseId id)
    {
        var pages = await services.MembersAsync(context).ConfigureAwait(false);
        var member = pages.SelectMany(page => page.Members).FirstOrDefault(member => member.Id == id);
        var run = await services.RunAsync(context).ConfigureAwait(false);
        return (member is null ? [] : await EmployeeCandidates.FindAsync(
            directory, services.Links, context.Tenant, member, run.Context, context.Cancellation).ConfigureAwait(false)).ToAsyncEnumerable();
    }
}

/// <summary>Finds what may be one member's employee, without reading the whole directory.</summary>
internal static class EmployeeCandidates
{
    public static async Task<IReadOnlyList<CrmRecord>> FindAsync(
        IDirectory directory, ILinkStore links, TenantId tenant, ConnectWiseRecord member, EmployeeContext context, CancellationToken cancellation)
    {
        var keys = new EmployeeKeys(context.KeyOf(member.Id), member.Fields[FieldKeys.Email], EmployeeIds.Of(member));
        var found = (await directory.FindCandidatesAsync(keys, cancellation).ConfigureAwait(false)).ToList();
        var link = await links.FindAsync(tenant, Entity.Employee, member.Id, cancellation).ConfigureAwait(false);
        if (link is not null && found.All(employee => employee.Id != link.Crm)
            && await directory.FindAsync(link.Crm, cancellation).ConfigureAwait(false) is { } linked)
        {
            found.Add(linked);
        }

        return [.. found.DistinctBy(employee => employee.Id)];
    }
}
