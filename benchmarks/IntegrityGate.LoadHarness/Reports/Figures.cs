using System.Globalization;

namespace IntegrityGate.LoadHarness.Reports;

/// <summary>Numbers as tables show them.</summary>
internal static class Figures
{
    /// <summary>Three significant digits, no exponent.</summary>
    public static string Show(double value)
    {
        if (value == 0 || !double.IsFinite(value))
            return value.ToString("0", CultureInfo.InvariantCulture);
        var digits = Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 6);
        return value.ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>Least and greatest.</summary>
    public static string Range(Series series) => $"{Show(series.Least)} – {Show(series.Most)}";
}
