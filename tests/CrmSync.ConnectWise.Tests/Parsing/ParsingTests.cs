using System.Text;
using CrmSync.ConnectWise.Parsing;
using CrmSync.ConnectWise.Parsing.Entities;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.ConnectWise.Tests.Parsing;

public sealed class ParsingTests
{
    [Fact]
    public void Company_Complete_IsReadInCanonicalForm()
    {
        var record = One(Entity.Company, """
            {"id":250,"identifier":"Acme","name":"  Acme\u0000 \u200eInc ","status":{"id":1,"name":"Active","_info":{"status_href":"x"}},
             "country":{"id":1,"name":"United States"},"phoneNumber":"(813) 555-0100","website":"https://acme.example","numberOfEmployees":12,
             "annualRevenue":1250000.50,"types":[{"id":4,"name":"Client"},{"id":1,"name":"Prospect"}],"deletedFlag":false,
             "territory":{"id":2,"name":"Main"},"unknownNewMember":{"deep":[1,2,{"x":null}]},
             "_info":{"lastUpdated":"2026-06-03T15:44:31Z","updatedBy":"x","contacts_href":"https://h/v4/apis/3.0//company/contacts"}}
            """);

        Assert.Equal(new ConnectWiseId(250), record.Id);
        Assert.Equal(new DateTimeOffset(2026, 6, 3, 15, 44, 31, TimeSpan.Zero), record.UpdatedAt);
        Assert.Equal([4, 1], record.TypeIds);
        Assert.Equal(1, record.StatusId);
        Assert.False(record.Inactive);
        Assert.Equal("Acme Inc", record.Fields[FieldKeys.Name]);
        Assert.Equal("Client", record.Fields[FieldKeys.Type]);
        Assert.Equal("Active", record.Fields[FieldKeys.Status]);
        Assert.Equal("United States", record.Fields[FieldKeys.Country]);
        Assert.Equal("12", record.Fields[FieldKeys.EmployeeCount]);
        Assert.Equal("1250000.5", record.Fields[FieldKeys.AnnualRevenue]);
        Assert.Equal("Main", record.Fields[FieldKeys.Territory]);
    }

    [Fact]
    public void Member_LeftOut_IsBlankAndObserved()
    {
        var record = One(Entity.Company, """{"id":1,"name":"x"}""");

        Assert.True(record.Fields.Has(FieldKeys.City));
        Assert.Null(record.Fields[FieldKeys.City]);
        Assert.Empty(record.TypeIds);
        Assert.Null(record.UpdatedAt);
    }

    [Fact]
    public void Company_Deleted_IsInactive() => Assert.True(One(Entity.Company, """{"id":1,"deletedFlag":true}""").Inactive);

    [Fact]
    public void Contact_Communications_ComeDefaultFirstWithExtensions()
    {
        var record = One(Entity.Contact, """
            {"id":5,"firstName":"Ann","lastName":"Lee","company":{"id":250,"identifier":"A","name":"Acme"},"inactiveFlag":true,"types":[],
             "defaultPhoneNbr":"999","communicationItems":[
              {"id":1,"type":{"id":2,"name":"Direct"},"value":"555-0100","extension":"401","defaultFlag":false,"communicationType":"Phone"},
              {"id":2,"type":{"id":4,"name":"Mobile"},"value":"555-0199","defaultFlag":true,"communicationType":"Phone"},
              {"id":3,"type":{"id":1,"name":"Email"},"value":"second@x.example","defaultFlag":false,"domain":"@x.example","communicationType":"Email"},
              {"id":4,"type":{"id":1,"name":"Email"},"value":"First@x.example","defaultFlag":true,"communicationType":"Email"},
              {"id":5,"type":{"id":9,"name":"Fax"},"value":"555-0177","communicationType":"Fax"},
              {"id":6,"type":{"id":9,"name":"Fax"},"value":"","communicationType":"Fax"},
              {"id":7,"type":{"id":9},"value":"?","communicationType":"Pigeon"}]}
            """);

        Assert.Equal("First@x.example", record.Fields[FieldKeys.Email]);
        Assert.Equal("First@x.example\nsecond@x.example", record.Fields[FieldKeys.Emails]);
        Assert.Equal("555-0199", record.Fields[FieldKeys.Phone]);
        Assert.Equal("555-0199\n555-0100 x401", record.Fields[FieldKeys.Phones]);
        Assert.Equal("555-0199", record.Fields[FieldKeys.MobilePhone]);
        Assert.Equal("555-0177", record.Fields[FieldKeys.Fax]);
        Assert.Equal("Ann Lee", record.Fields[FieldKeys.Name]);
        Assert.Equal("Ann", record.Fields[FieldKeys.FirstName]);
        Assert.Equal(new ConnectWiseId(250), record.Reference(FieldKeys.Company));
        Assert.True(record.Inactive);
    }

    [Fact]
    public void Contact_WithoutCommunications_FallsBackToTheProjectedPhone() =>
        Assert.Equal("4842618200 x7", One(Entity.Contact, """{"id":5,"firstName":"J","defaultPhoneNbr":"4842618200","defaultPhoneExtension":"7"}""").Fields[FieldKeys.Phone]);

    [Theory]
    [InlineData("true", 2L)]
    [InlineData("false", null)]
    public void Solution_ThatIsNotRecurring_HasNoBillingCycle(string recurring, long? cycle)
    {
        var record = One(Entity.Solution, $$"""
            {"id":9,"identifier":"SKU-1","description":"Backup","type":{"id":3,"name":"Service"},"category":{"id":6,"name":"Cloud"},
             "recurringBillCycle":{"id":2,"name":"Monthly"},"recurringFlag":{{recurring}},"price":19.90,"cost":7,"inactiveFlag":false,
             "customerDescription":"line 1\r\nline 2"}
            """);

        Assert.Equal(cycle, record.BillingCycleId);
        Assert.Equal(6, record.CategoryId);
        Assert.Equal([3], record.TypeIds);
        Assert.Equal("Backup", record.Fields[FieldKeys.Name]);
        Assert.Equal("SKU-1", record.Fields[FieldKeys.Sku]);
        Assert.Equal("19.9", record.Fields[FieldKeys.Price]);
        Assert.Equal("line 1\nline 2", record.Fields[FieldKeys.Description]);
    }

    [Fact]
    public void Activity_IsRead_WithItsReferencesAndInstants()
    {
        var record = One(Entity.Activity, """
            {"id":7,"name":"Call","type":{"id":1,"name":"Call"},"status":{"id":2,"name":"Open"},"company":{"id":250},"contact":{"id":5,"name":"Ann"},
             "assignTo":{"id":12,"identifier":"jdoe","name":"J Doe"},"dateStart":"2026-06-03T10:00:00Z","dateEnd":"2026-06-03T10:30:00","notes":"n"}
            """);

        Assert.Equal("2026-06-03T10:00:00Z", record.Fields[FieldKeys.StartAt]);
        Assert.Equal("2026-06-03T10:30:00Z", record.Fields[FieldKeys.EndAt]);
        Assert.Equal("12", record.Fields[FieldKeys.User]);
        Assert.Equal(new ConnectWiseId(5), record.Reference(FieldKeys.Contact));
        Assert.Equal([1], record.TypeIds);
        Assert.Equal(2, record.StatusId);
    }

    [Fact]
    public void Opportunity_IsRead_AndItsChildrenStayUnobserved()
    {
        var record = One(Entity.Opportunity, """
            {"id":4,"name":"Deal","type":{"id":1,"name":"New"},"stage":{"id":2,"name":"Quote"},"status":{"id":3,"name":"Open"},
             "probability":{"id":5,"name":"50"},"expectedCloseDate":"2026-07-31T00:00:00Z","primarySalesRep":{"id":12},"notes":"text"}
            """);

        Assert.Equal(2, record.StageId);
        Assert.Equal(3, record.StatusId);
        Assert.Equal("50", record.Fields[FieldKeys.Probability]);
        Assert.Equal("2026-07-31", record.Fields[FieldKeys.CloseDate]);
        Assert.Equal("12", record.Fields[FieldKeys.Salesperson]);
        Assert.Equal("text", record.Fields[FieldKeys.Description]);
        Assert.False(record.Fields.Has(FieldKeys.LineItems));
        Assert.False(record.Fields.Has(FieldKeys.Notes));
        Assert.False(record.Fields.Has(FieldKeys.Value));
    }

    [Theory]
    [InlineData("""{"id":1,"identifier":"j","primaryEmail":"p@x.example","officeEmail":"o@x.example"}""", "p@x.example")]
    [InlineData("""{"id":1,"identifier":"j","defaultEmail":"Home","officeEmail":"o@x.example","homeEmail":"h@x.example"}""", "h@x.example")]
    [InlineData("""{"id":1,"identifier":"j","defaultEmail":"Office","officeEmail":"o@x.example"}""", "o@x.example")]
    [InlineData("""{"id":1,"identifier":"j"}""", null)]
    public void Member_Email_IsThePrimaryOneOrTheDefault(string json, string? email) => Assert.Equal(email, One(Entity.User, json).Fields[FieldKeys.Email]);

    [Fact]
    public void Employee_IsReadWithItsPlacesAndItsLoginExactly_EM1_EM5()
    {
        var fields = One(Entity.Employee, """
            {"id":7,"identifier":" Ann  B-1","firstName":"Ann","lastName":"B","primaryEmail":"ann@x.example","hireDate":"1800-01-01T00:00:00Z","inactiveFlag":true,
            "defaultLocation":{"id":1,"name":"Tampa"},"defaultDepartment":{"id":2,"identifier":"SVC","name":"Service"},"workRole":{"id":3,"name":"Engineer"},
            "photo":{"id":267,"name":"x.jpg"}}
            """).Fields;

        Assert.Equal((" Ann  B-1", "ann@x.example", null), (fields[FieldKeys.Identifier], fields[FieldKeys.Email], fields[FieldKeys.HireDate]));
        Assert.Equal(("Tampa", "1", "Service", "2"), (fields[FieldKeys.Location], fields[FieldKeys.LocationId], fields[FieldKeys.Team], fields[FieldKeys.TeamId]));
        Assert.Equal(("Engineer", "3", "267"), (fields[FieldKeys.Position], fields[FieldKeys.PositionId], fields[FieldKeys.Photo]));
    }

    [Theory]
    [InlineData("1800-01-01T08:00:00Z", null)]
    [InlineData("2026-06-03T15:44:31-04:00", "2026-06-03T19:44:31Z")]
    [InlineData("2026-06-03T15:44:31.987Z", "2026-06-03T15:44:31Z")]
    [InlineData("2026-06-03", "2026-06-03T00:00:00Z")]
    [InlineData("not a date", null)]
    public void Instant_OfEachKind_BecomesCanonical(string text, string? canonical) =>
        Assert.Equal(canonical, One(Entity.Activity, $$"""{"id":1,"dateStart":"{{text}}"}""").Fields[FieldKeys.StartAt]);

    [Theory]
    [InlineData("\"Number\"", "12", "12")]
    [InlineData("\"Number\"", "\"12.50\"", "12.5")]
    [InlineData("\"Checkbox\"", "true", "true")]
    [InlineData("\"Checkbox\"", "\"True\"", "true")]
    [InlineData("\"Checkbox\"", "null", null)]
    [InlineData("\"Text\"", "\" a\\u200bb \"", "ab")]
    [InlineData("\"Text\"", "7", "7")]
    [InlineData("\"Date\"", "\"2026-06-03T00:00:00Z\"", "2026-06-03")]
    [InlineData("null", "{\"odd\":1}", null)]
    public void CustomField_LooselyTyped_IsReadByItsDeclaredType(string type, string value, string? expected)
    {
        var json = $$"""{"id":1,"customFields":[{"id":15,"value":"other"},{"value":{{value}},"id":16,"caption":"c","type":{{type}}},3,null]}""";
        var record = new RecordParser(Shapes.Of(Entity.Contact), ["custom:16", "custom:99"]).Parse(Encoding.UTF8.GetBytes(json)).Single();

        Assert.Equal(expected, record.Fields["custom:16"]);
        Assert.True(record.Fields.Has("custom:99"));
        Assert.Null(record.Fields["custom:99"]);
    }

    [Fact]
    public void Members_OfAnUnexpectedType_AreBlankAndHarmNothing()
    {
        var record = One(Entity.Contact, """
            {"id":1,"firstName":{"x":1},"lastName":[1],"title":true,"company":"text","types":{"id":1},"communicationItems":"none","_info":7,
             "inactiveFlag":"false","country":[{"id":1}],"city":"kept"}
            """);

        Assert.Equal("kept", record.Fields[FieldKeys.City]);
        Assert.Null(record.Fields[FieldKeys.LastName]);
        Assert.Null(record.Fields[FieldKeys.Company]);
        Assert.False(record.Inactive);
    }

    [Fact]
    public void Members_InAnotherOrderOnEachRecord_AreAllFound()
    {
        var json = """
            [{"id":1,"name":"a","city":"x"},{"city":"y","name":"b","id":2},{"zip":"9","id":3,"city":"z"},{"name":"d","id":4,"zip":"8","city":"w","n\u0061me2":"no"}]
            """;

        var records = Parse(Entity.Company, json);

        Assert.Equal([1, 2, 3, 4], records.Select(r => r.Id.Value));
        Assert.Equal(["a", "b", null, "d"], records.Select(r => r.Fields[FieldKeys.Name]));
        Assert.Equal(["x", "y", "z", "w"], records.Select(r => r.Fields[FieldKeys.City]));
        Assert.Equal([null, null, "9", "8"], records.Select(r => r.Fields[FieldKeys.Zip]));
    }

    [Fact]
    public void Page_CutShort_IsTheTruncatedFailure()
    {
        var failure = Assert.Throws<ConnectWiseException>(() => Parse(Entity.Company, """[{"id":1,"name":"a"},{"id":2"""));

        Assert.Equal("truncated", failure.Code);
    }

    [Fact]
    public void Fields_AskedFor_NameEachMemberOnce()
    {
        var asks = Shapes.Of(Entity.Contact).Asks([FieldKeys.Email, FieldKeys.Phone, FieldKeys.Company, FieldKeys.Type, "custom:1", "custom:2", "unknown"]);

        Assert.Equal("id,types,inactiveFlag,_info/lastUpdated,communicationItems,defaultPhoneNbr,defaultPhoneExtension,company/id,customFields", asks);
    }

    [Theory]
    [InlineData(Entity.Employee)]
    [InlineData(Entity.User)]
    [InlineData(Entity.Company)]
    [InlineData(Entity.Contact)]
    [InlineData(Entity.Solution)]
    [InlineData(Entity.Activity)]
    [InlineData(Entity.Opportunity)]
    public void Address_AskingForEveryField_StaysWithinTheLimit(Entity entity)
    {
        var shape = Shapes.Of(entity);

        Assert.InRange(shape.Asks(shape.Fields.Select(f => f.Key)).Length, 10, 1500);
    }

    private static ConnectWiseRecord One(Entity entity, string json) => Parse(entity, json).Single();

    private static IReadOnlyList<ConnectWiseRecord> Parse(Entity entity, string json)
    {
        var shape = Shapes.Of(entity);
        return new RecordParser(shape, [.. shape.Fields.Select(f => f.Key)]).Parse(Encoding.UTF8.GetBytes(json));
    }
}
