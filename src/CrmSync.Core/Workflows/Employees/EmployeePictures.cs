using System.Collections.Concurrent;
using CrmSync.Core.Employees;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Workflows.Apply;

namespace CrmSync.Core.Workflows.Employees;

/// <summary>Moves pictures (EM-10): looked at where the plan says so, transferred only where the bytes have changed.</summary>
internal sealed class EmployeePictures(EmployeeServices services, StepContext step, IConnectWise connectWise, IDirectory directory)
{
    private readonly ConcurrentDictionary<ConnectWiseId, Moved> _moved = new();
    private long _count;

    /// <summary>How many pictures were transferred or taken away.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Looks at one employee's picture. A picture that cannot be had or given is told with the record, and costs it nothing else.</summary>
    public async Task MoveAsync(ApplyItem item)
    {
        var (member, employee, photo) = (item.Entry.Id, item.Entry.Crm!.Value, item.Operation.Picture!.Photo);
        var link = await services.Links.FindAsync(step.Tenant, Entity.Employee, member, step.Cancellation).ConfigureAwait(false);
        var held = link is not null && link.Crm == employee ? link.CrmSnapshot[FieldKeys.Picture] : null;
        try
        {
            _moved[member] = await MoveAsync(item, employee, photo, held).ConfigureAwait(false);
        }
        catch (SideException exception)
        {
            Tell(item, $"Its picture was not transferred: {exception.Message}");
            _moved[member] = new Moved(null, held, Settled: false);
        }
    }

    /// <summary>The link with what is known of the picture; one that failed is looked at again.</summary>
    public Link Complete(ApplyItem item, Link link)
    {
        if (!_moved.TryGetValue(item.Entry.Id, out var moved))
        {
            return link;
        }

        link.ConnectWiseSnapshot[FieldKeys.Photo] = moved.Settled ? moved.Photo : null;
        link.CrmSnapshot[FieldKeys.Picture] = moved.Hash;
        return link;
    }

    private async Task<Moved> MoveAsync(ApplyItem item, CrmId employee, string? photo, string? held)
    {
        var content = photo is null ? null : await connectWise.ReadMemberPhotoAsync(item.Entry.Id, step.Cancellation).ConfigureAwait(false);
        var picture = content is { } bytes ? PictureCheck.Of(bytes) : null;
        if (content is not null && picture is null)
        {
            Tell(item, "Its picture was left out: it is no PNG, JPEG, GIF or WebP of at most 4 MiB.");
            return new Moved(photo, held, Settled: true);
        }

        if (picture?.Hash == held)
        {
            return new Moved(photo, held, Settled: true);
        }

        var published = picture is null ? null : await PublishAsync(picture).ConfigureAwait(false);
        var result = await directory.WritePictureAsync(employee, published, step.Cancellation).ConfigureAwait(false);
        if (result.Error is { } error)
        {
            Tell(item, $"The directory refused its picture: {error.Message}");
            return new Moved(photo, held, Settled: !error.RetryHelps);
        }

        Interlocked.Increment(ref _count);
        return new Moved(photo, picture?.Hash, Settled: true);
    }

    private async Task<PublishedPicture> PublishAsync(Picture picture)
    {
        await services.Pictures.Store.WriteAsync(step.Tenant, picture, step.Cancellation).ConfigureAwait(false);
        return new PublishedPicture(picture, await services.Pictures.Addresses.OfAsync(step.Tenant, picture.Hash, step.Cancellation).ConfigureAwait(false));
    }

    private static void Tell(ApplyItem item, string message) =>
        item.Entry = item.Entry with { Message = item.Entry.Message is { } before ? $"{before} {message}" : message };

    private sealed record Moved(string? Photo, string? Hash, bool Settled);
}
