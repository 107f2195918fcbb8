using Spectre.Console;

namespace CrmSync.Standalone.Console;

/// <summary>Tables without frames, so that nine columns of counts fit a narrow terminal.</summary>
internal static class PlainTable
{
    /// <summary>A table with these columns; a name that begins with "&gt;" stands for a column of numbers.</summary>
    public static Table Of(params string[] columns)
    {
        var table = new Table { Border = TableBorder.None, UseSafeBorder = true };
        for (var i = 0; i < columns.Length; i++)
        {
            var isNumber = columns[i].StartsWith('>');
            var name = new Text(columns[i].TrimStart('>'), new Style(decoration: Decoration.Bold));
            var column = new TableColumn(name).PadLeft(0).PadRight(i == columns.Length - 1 ? 0 : 1);
            table.AddColumn(isNumber ? column.RightAligned().NoWrap() : column);
        }

        return table;
    }

    /// <summary>Adds a row of plain texts.</summary>
    public static void Add(this Table table, params string[] cells) => table.AddRow(cells.Select(cell => new Text(cell)));
}
