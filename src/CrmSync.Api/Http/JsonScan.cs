using System.Globalization;
using System.Text.Json;

namespace CrmSync.Api.Http;

/// <summary>Where a text stops being JSON.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Position">The byte in the line, from 1.</param>
/// <param name="Pointer">The value in which it happens, as a JSON pointer; empty for the body itself.</param>
internal sealed record MalformedAt(long Line, long Position, string Pointer);

/// <summary>Finds the place at which a text stops being JSON.</summary>
internal static class JsonScan
{
    /// <summary>The place; null for a text that is JSON.</summary>
    public static MalformedAt? FindFault(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var path = new Stack<Level>();
        try
        {
            while (reader.Read())
            {
                Follow(ref reader, path);
            }

            return null;
        }
        catch (JsonException exception)
        {
            return new MalformedAt((exception.LineNumber ?? 0) + 1, (exception.BytePositionInLine ?? 0) + 1, PointerOf(path));
        }
        catch (InvalidOperationException)
        {
            // A text that is no valid Unicode: the grammar allows it, its value cannot be read.
            var before = json[..(int)reader.TokenStartIndex];
            return new MalformedAt(before.Count((byte)'\n') + 1, before.Length - before.LastIndexOf((byte)'\n'), PointerOf(path));
        }
    }

    private static string PointerOf(Stack<Level> path) => string.Concat(path.Reverse().Select(level => level.Pointer));

    private static void Follow(ref Utf8JsonReader reader, Stack<Level> path)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                path.Pop();
                break;
            case JsonTokenType.PropertyName:
                path.Peek().Name = reader.GetString();
                break;
            default:
                if (path.TryPeek(out var inside))
                {
                    inside.Begin();
                }

                if (reader.TokenType == JsonTokenType.String)
                {
                    _ = reader.GetString();
                }

                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    path.Push(new Level(reader.TokenType == JsonTokenType.StartArray));
                }

                break;
        }
    }

    private sealed class Level(bool list)
    {
        private int _index = -1;

        public string? Name { get; set; }

        public string Pointer => list
            ? _index < 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"/{_index}")
            : Name is null ? string.Empty : $"/{Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

        public void Begin() => _index++;
    }
}
