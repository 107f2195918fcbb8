using System.Text;
using CrmSync.ConnectWise.Errors;
using CrmSync.ConnectWise.Http;
using CrmSync.ConnectWise.Parsing;
using CrmSync.ConnectWise.Parsing.Entities;
using CrmSync.ConnectWise.Tests.Support;
using CrmSync.Core.Records;

namespace CrmSync.ConnectWise.Tests.Parsing;

/// <summary>Answers recorded from live tenants are understood as they are.</summary>
public sealed class RecordedBodyTests
{
    [RecordedTheory]
    [InlineData("test/read/contacts.json")]
    [InlineData("test/read/one-contact.json")]
    [InlineData("test/read/contacts-batch-by-ids.json")]
    [InlineData("test/read/contact-emma-diaz.json")]
    [InlineData("test/read/contact-jorge-smith.json")]
    [InlineData("test/read/contact-frank-fenrir.json")]
    [InlineData("test/write/contacts/new.json")]
    public void Contacts_Recorded_AreRead(string name)
    {
        var bytes = Encoding.UTF8.GetBytes(RecordedBodies.Read(name));
        var shape = Shapes.Of(Entity.Contact);

        var records = new RecordParser(shape, [.. shape.Fields.Select(f => f.Key), "custom:16", "custom:59"]).Parse(bytes);

        Assert.NotEmpty(records);
        Assert.All(records, r =>
        {
            Assert.True(r.Id.Value > 0);
            Assert.NotNull(r.Fields[FieldKeys.FirstName]);
            Assert.True(r.Fields[FieldKeys.Phone] is null || !r.Fields[FieldKeys.Phone]!.Contains('\n', StringComparison.Ordinal));
        });
    }

    [RecordedTheory]
    [InlineData("test/read/contact-emma-diaz.json", 58118, "+166155555", "emma@test.com", "6548568", 250L)]
    public void Contact_Recorded_HasItsAddressesAndNumbers(string name, long id, string phone, string email, string fax, long company)
    {
        var shape = Shapes.Of(Entity.Contact);

        var record = new RecordParser(shape, [.. shape.Fields.Select(f => f.Key)]).Parse(Encoding.UTF8.GetBytes(RecordedBodies.Read(name))).Single();

        Assert.Equal(new ConnectWiseId(id), record.Id);
        Assert.Equal((phone, email, fax), (record.Fields[FieldKeys.Phone], record.Fields[FieldKeys.Email], record.Fields[FieldKeys.Fax]));
        Assert.Equal(new ConnectWiseId(company), record.Reference(FieldKeys.Company));
    }

    [RecordedTheory]
    [InlineData("internal/subscriber/test/create/create-webhook-bad-request-1.json", 400, ConnectWiseErrorCategory.BadRequest, 2)]
    [InlineData("internal/subscriber/test/create/create-webhook-bad-request-2.json", 400, ConnectWiseErrorCategory.BadRequest, 1)]
    [InlineData("internal/subscriber/test/create/remove-webhook-failed.json", 404, ConnectWiseErrorCategory.NotFound, 0)]
    [InlineData("test/delete/contact-not-found.json", 404, ConnectWiseErrorCategory.NotFound, 0)]
    [InlineData("test/read/not-found.json", 404, ConnectWiseErrorCategory.NotFound, 0)]
    [InlineData("test/write/contacts/not-found.json", 404, ConnectWiseErrorCategory.NotFound, 0)]
    [InlineData("test/write/contacts/bad-request.json", 400, ConnectWiseErrorCategory.BadRequest, 1)]
    public void Errors_Recorded_AreUnderstood(string name, int status, ConnectWiseErrorCategory category, int fields)
    {
        var body = ErrorBody.Parse(Encoding.UTF8.GetBytes(RecordedBodies.Read(name)));
        var (error, advice) = ErrorClassifier.Classify(status, body, "company/contacts", null, null);

        Assert.Equal(category, error.Category);
        Assert.Equal(RetryAdvice.Never, advice);
        Assert.Equal(fields, error.Fields.Count);
        Assert.True(body.FromApi);
    }

    [RecordedTheory]
    [InlineData("*")]
    public void EveryRecordedBody_OfAnyKind_IsCompleteJsonToTheClient(string pattern)
    {
        var files = Directory.GetFiles(RecordedBodies.Folder!, pattern + ".json", SearchOption.AllDirectories);

        Assert.True(files.Length >= 30);
        Assert.All(files, file => Assert.Null(JsonShape.Inspect(new ApiResponse { Status = 200, Body = File.ReadAllBytes(file) })));
    }
}
