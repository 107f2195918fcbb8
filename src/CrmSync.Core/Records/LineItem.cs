using System.Text.Json;
using System.Text.Json.Serialization;
using static CrmSync.Core.JsonMembers;

namespace CrmSync.Core.Records;

/// <summary>One line of an opportunity (OP-3).</summary>
[JsonConverter(typeof(Converter))]
public sealed record LineItem
{
    /// <summary>The id of the line on the side it was read from.</summary>
    public required string Id { get; init; }

    /// <summary>The solution it sells, in its side's form; null for a free-text line.</summary>
    public string? Solution { get; init; }

    /// <summary>What it sells, in words.</summary>
    public string? Description { get; init; }

    /// <summary>How many.</summary>
    public decimal Quantity { get; init; } = 1;

    /// <summary>The whole line's revenue, in the opportunity's currency.</summary>
    public decimal Revenue { get; init; }

    /// <summary>The whole line's cost, in the opportunity's currency.</summary>
    public decimal Cost { get; init; }

    /// <summary>How often it is billed ("Monthly"); null for once.</summary>
    public string? BillingCycle { get; init; }

    /// <summary>The canonical text of a list of lines, in the order of their ids; null for none.</summary>
    public static string? Write(IEnumerable<LineItem> lines) => ChildList.Write(lines, line => line.Id);

    /// <summary>The lines of a canonical text.</summary>
    /// <exception cref="JsonException">The text is something else.</exception>
    public static IReadOnlyList<LineItem> Read(string? text) => ChildList.Read<LineItem>(text);

    // Member by member, as plan lines are: every station reads and writes them.
    private sealed class Converter : JsonConverter<LineItem>
    {
        public override bool HandleNull => true;

        public override LineItem Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            Begin(ref reader);
            (string? id, string? solution, string? description, string? billingCycle) = (null, null, null, null);
            (decimal quantity, decimal revenue, decimal cost) = (1, 0, 0);
            while (NextMember(ref reader))
            {
                if (Is(ref reader, "id"u8))
                {
                    id = reader.GetString();
                }
                else if (Is(ref reader, "solution"u8))
                {
                    solution = reader.GetString();
                }
                else if (Is(ref reader, "description"u8))
                {
                    description = reader.GetString();
                }
                else if (Is(ref reader, "quantity"u8))
                {
                    quantity = reader.GetDecimal();
                }
                else if (Is(ref reader, "revenue"u8))
                {
                    revenue = reader.GetDecimal();
                }
                else if (Is(ref reader, "cost"u8))
                {
                    cost = reader.GetDecimal();
                }
                else if (Is(ref reader, "billingCycle"u8))
                {
                    billingCycle = reader.GetString();
                }
                else
                {
                    reader.Skip();
                }
            }

            return new LineItem
            {
                Id = id ?? throw Missing("id"),
                Solution = solution,
                Description = description,
                Quantity = quantity,
                Revenue = revenue,
                Cost = cost,
                BillingCycle = billingCycle,
            };
        }

        public override void Write(Utf8JsonWriter writer, LineItem value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, value.Id);
            WriteText(writer, "solution"u8, value.Solution);
            WriteText(writer, "description"u8, value.Description);
            writer.WriteNumber("quantity"u8, value.Quantity);
            writer.WriteNumber("revenue"u8, value.Revenue);
            writer.WriteNumber("cost"u8, value.Cost);
            WriteText(writer, "billingCycle"u8, value.BillingCycle);
            writer.WriteEndObject();
        }
    }
}
