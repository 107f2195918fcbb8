namespace CrmSync.Standalone.Console;

/// <summary>Breaks texts into lines between words. A word that is longer than a line, such as a path, stays whole.</summary>
internal static class Wrapped
{
    /// <summary>The lines of texts, each on lines of its own, with a hanging indent.</summary>
    /// <param name="head">Stands before the first line; the others are indented as far.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="width">Most signs a line.</param>
    public static IEnumerable<string> Lines(string head, IEnumerable<string> texts, int width)
    {
        var indent = new string(' ', head.Length);
        var line = head;
        foreach (var text in texts)
        {
            foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (line.Length > head.Length && line.Length + word.Length > width)
                {
                    yield return line.TrimEnd();
                    line = indent;
                }

                line += $"{word} ";
            }

            yield return line.TrimEnd();
            line = indent;
        }
    }
}
