using System.Globalization;

namespace IntegrityGate.Configuration;

/// <summary>CPU time that a part of the gate may take.</summary>
/// <param name="Cores">CPU seconds a second; null for no limit.</param>
public readonly record struct CpuBudget(double? Cores)
{
    /// <summary>The least share of a core that keeps a stream in sight at all.</summary>
    public const double LeastCores = 0.05;

    /// <summary>Reads <c>off</c>, a number of cores (<c>1.5</c>) or a share of the machine (<c>75%</c>).</summary>
    /// <param name="text">The setting.</param>
    /// <param name="processors">Cores of the machine.</param>
    /// <param name="budget">The budget.</param>
    public static bool TryParse(string text, int processors, out CpuBudget budget)
    {
        budget = default;
        if (text.Equals("off", StringComparison.OrdinalIgnoreCase))
            return true;
        var isShare = text.EndsWith('%');
        var number = isShare ? text.AsSpan(0, text.Length - 1) : text;
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            return false;
        var cores = isShare ? value / 100 * processors : value;
        budget = new CpuBudget(cores);
        return cores >= LeastCores && cores <= 4096;
    }
}
