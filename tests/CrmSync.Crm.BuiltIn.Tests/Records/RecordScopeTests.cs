using CrmSync.Core.Records;
using CrmSync.Crm.BuiltIn.Records;

namespace CrmSync.Crm.BuiltIn.Tests.Records;

public sealed class RecordScopeTests
{
    [Fact]
    public void Id_OfEveryEntity_LeadsBackToItsRowAndToNoOther()
    {
        foreach (var entity in Enum.GetValues<Entity>())
        {
            var scope = new RecordScope(7, entity);
            var row = scope.Row(1042);
            var id = scope.Id(row);

            Assert.Equal(row, scope.Row(id));
            Assert.InRange(row, scope.Floor + 1, scope.Ceiling);
            Assert.All(Enum.GetValues<Entity>().Where(other => other != entity), other => Assert.Null(scope.Of(other).Row(id)));
            Assert.NotEqual(row, new RecordScope(8, entity).Row(id));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("C-")]
    [InlineData("C-01")]
    [InlineData("C-+1")]
    [InlineData("C- 1")]
    [InlineData("c-1")]
    [InlineData("C-9999999999999")]
    [InlineData("C-99999999999999999999")]
    public void Row_OfWhatIsNoId_IsNull(string id) => Assert.Null(new RecordScope(1, Entity.Company).Row(new CrmId(id)));
}
