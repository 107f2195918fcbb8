using System.Text.Json;
using CrmSync.Simulator.Accounts;
using CrmSync.Simulator.Records;

namespace CrmSync.Simulator.Http;

/// <summary>The members' photos, the only documents that the account holds.</summary>
internal sealed class Documents(AccountModel model)
{
    public ApiAnswer Describe(int id)
    {
        if (NameOf(id) is not { } name)
        {
            return ApiAnswer.NotFound("Document", id);
        }

        var description = new
        {
            id,
            title = name,
            fileName = name,
            serverFileName = name,
            owner = "Admin1",
            linkFlag = false,
            imageFlag = true,
            publicFlag = false,
            htmlTemplateFlag = false,
            readOnlyFlag = false,
            size = Photos.Draw(id).Length,
            urlFlag = false,
            _info = new { lastUpdated = RecordWriter.DateText(AccountClock.SetupDate) },
        };
        return new ApiAnswer(200, ApiAnswer.Json, JsonSerializer.SerializeToUtf8Bytes(description, JsonOptions.Relaxed));
    }

    public ApiAnswer Download(int id) => NameOf(id) is not { } name
        ? ApiAnswer.NotFound("Document", id)
        : new ApiAnswer(200, "application/octet-stream", Photos.Draw(id)) { Disposition = $"attachment; filename=\"{name}\"" };

    /// <summary>The file's name, when a member shows this photo now.</summary>
    private string? NameOf(int id)
    {
        var members = model[SimulatedList.Member];
        if (!members.TryFind(id - MemberGenerator.PhotoOffset, out var key))
        {
            return null;
        }

        var field = members.Definition.Find("photo")!;
        var photo = members.Read(key, field);
        return photo.IsNull || photo.Key.Id != id ? null : FieldDefinition.ReadMember(photo, field.Child("name")!).Text;
    }
}
