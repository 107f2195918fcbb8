using System.Collections.Concurrent;
using CrmSync.Core.Employees;
using CrmSync.Core.Planning;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Workflows.Apply;

namespace CrmSync.Core.Workflows.Employees;

/// <summary>The directory as the target of a plan: fields, pictures and invitations.</summary>
internal sealed class EmployeeTarget(EmployeeServices services, EmployeeRun run, StepContext step, IDirectory directory, EmployeePictures pictures)
    : ApplyTarget
{
    private const int InvitationsAtOnce = 50;

    private readonly IReadOnlyList<MappedField> _fields = run.Context.Mapped();
    private readonly ConcurrentDictionary<CrmId, CrmRecord> _current = new();

    public override Entity Entity => Entity.Employee;

    public override IReadOnlyList<MappedField> Fields => _fields;

    public override string Company => run.Context.Company;

    public override ApplyReasons Reasons { get; } = new(Reason.EmployeeGone, Reason.DirectoryRefused, Reason.EmployeeTaken);

    /// <summary>Fields that the directory accepted and did not apply, by their keys.</summary>
    public SortedDictionary<string, long> NotApplied { get; } = new(StringComparer.Ordinal);

    public override bool Same(string key, string? left, string? right) => EmployeeFields.Same(key, left, right);

    public override async Task<IReadOnlyDictionary<CrmId, CrmRecord>> ReadAsync(IReadOnlyList<CrmId> ids)
    {
        var found = new ConcurrentDictionary<CrmId, CrmRecord>();
        await EachAsync(ids, async id =>
        {
            if (await directory.FindAsync(id, step.Cancellation).ConfigureAwait(false) is { } employee)
            {
                found[id] = _current[id] = employee;
            }
        }).ConfigureAwait(false);
        return found;
    }

    public override async Task<IReadOnlyList<CrmWriteResult>> WriteAsync(IReadOnlyList<CrmWrite> writes)
    {
        var results = new CrmWriteResult[writes.Count];
        await EachAsync(Enumerable.Range(0, writes.Count).Chunk(run.BatchSize).ToList(), async batch =>
        {
            var answers = await directory.WriteAsync([.. batch.Select(i => writes[i])], step.Cancellation).ConfigureAwait(false);
            foreach (var (i, answer) in batch.Zip(answers))
            {
                results[i] = answer;
            }
        }).ConfigureAwait(false);
        return results;
    }

    public override async Task AfterWriteAsync(IReadOnlyList<ApplyItem> items)
    {
        foreach (var item in items.Where(item => item.Applies && item.Stored is not null))
        {
            var ignored = Ignored(item).ToList();
            foreach (var key in ignored)
            {
                NotApplied[key] = NotApplied.GetValueOrDefault(key) + 1;
            }

            if (ignored.Count > 0)
            {
                item.Entry = item.Entry with { Message = $"The directory accepted the write and did not apply: {string.Join(", ", ignored)}." };
            }
        }

        await InviteAsync(items).ConfigureAwait(false);
        var pictured = items.Where(item => item is { Applies: true, Entry.Crm: not null, Operation.Picture: not null }).ToList();
        await EachAsync(pictured, pictures.MoveAsync).ConfigureAwait(false);
    }

    // A state that was not applied is written again by the next run: a leaver who stays active must not be forgotten.
    public override Link Complete(ApplyItem item, Link link)
    {
        link = pictures.Complete(item, link);
        return item.Stored is null || !Ignored(item).Contains(FieldKeys.Active) ? link
            : link with { ConnectWiseSnapshot = link.ConnectWiseSnapshot.Without(key => key == FieldKeys.Active) };
    }

    // EM-7. Adding does nothing for an employee who has an invitation, so nobody is invited twice however often this runs; ahead of the link, since whoever is
    // linked is nobody's new employee any more. Side by side, as stores write many at once in less time than one after the other.
    private async Task InviteAsync(IReadOnlyList<ApplyItem> items)
    {
        foreach (var some in items.Where(item => item is { Applies: true, Entry.Crm: not null }).Chunk(InvitationsAtOnce))
        {
            await Task.WhenAll(some.Select(InviteAsync)).ConfigureAwait(false);
        }
    }

    private async Task InviteAsync(ApplyItem item)
    {
        var (write, created) = (item.Operation.Write, IsCreated(item));
        var isNew = created ? Wanted(item)[FieldKeys.Active] == "true" : item.Operation.Kind == OperationKind.Update && write[FieldKeys.Active] == "true";
        var renamed = !created && (write.Has(FieldKeys.Email) || write.Has(FieldKeys.FirstName) || write.Has(FieldKeys.LastName));
        if (!(isNew || renamed) || InvitationOf(item, atOnce: created) is not { } invitation)
        {
            return;
        }

        if (isNew)
        {
            await services.Mail.Store.AddAsync(step.Tenant, invitation, step.Cancellation).ConfigureAwait(false);
        }

        if (renamed)
        {
            // Whoever has not been invited yet will be by the address and name of today.
            await services.Mail.Store.ReaddressAsync(step.Tenant, invitation.Employee, invitation.Email, invitation.Name, step.Cancellation)
                .ConfigureAwait(false);
        }
    }

    private Invitation? InvitationOf(ApplyItem item, bool atOnce)
    {
        var employee = item.Entry.Crm!.Value;
        var fields = _current.TryGetValue(employee, out var before) ? before.Fields.Copy() : [];
        foreach (var (key, value) in item.Operation.Write)
        {
            fields[key] = value;
        }

        var due = atOnce && run.Context.Settings is { Invitations: InvitationMode.Automatically, HoldInvitations: false };
        return fields[FieldKeys.Email] is not { } email ? null : new Invitation
        {
            Employee = employee,
            Email = email,
            Name = Canonical.Text($"{fields[FieldKeys.FirstName]} {fields[FieldKeys.LastName]}") ?? email,
            State = due ? InvitationState.Due : InvitationState.Waiting,
        };
    }

    // One that an earlier run created and could not link any more was created all the same.
    private static bool IsCreated(ApplyItem item) =>
        item.Operation.Kind == OperationKind.Create || (item.Operation.Kind == OperationKind.Link && item.Entry.MatchedBy == EmployeePlanner.ByCreation);

    private static FieldValues Wanted(ApplyItem item) => item.Operation.ConnectWiseBase ?? item.Operation.Write;

    // Accepted and not applied: the directory holds what it held before. Another form of what was written is no such case.
    private IEnumerable<string> Ignored(ApplyItem item)
    {
        foreach (var (key, value) in item.Operation.Write)
        {
            var before = item.Operation.Expect?[key];
            if (item.Stored!.TryGet(key, out var stored) && !Same(key, stored, value) && Same(key, stored, before))
            {
                yield return key;
            }
        }
    }

    private Task EachAsync<T>(IReadOnlyList<T> inputs, Func<T, Task> code) => Parallel.ForEachAsync(
        inputs,
        new ParallelOptions { MaxDegreeOfParallelism = run.WriteConcurrency, CancellationToken = step.Cancellation },
        async (input, _) => await code(input).ConfigureAwait(false));
}
