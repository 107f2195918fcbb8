using System.Globalization;

namespace CrmSync.Standalone.Console;

/// <summary>Numbers and times for people, the same on every machine.</summary>
internal static class Numbers
{
    /// <summary>Commas between thousands, no space before the percent sign.</summary>
    public static NumberFormatInfo Format { get; } = Make();

    public static string Of(long number) => number.ToString("N0", Format);

    public static string Seconds(double seconds) => seconds >= 120 ? Duration(TimeSpan.FromSeconds(seconds)) : seconds.ToString("0.0", Format) + " s";

    public static string Duration(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00}");

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static NumberFormatInfo Make()
    {
        var format = (NumberFormatInfo)CultureInfo.InvariantCulture.NumberFormat.Clone();
        format.PercentPositivePattern = 1;
        return NumberFormatInfo.ReadOnly(format);
    }
}
