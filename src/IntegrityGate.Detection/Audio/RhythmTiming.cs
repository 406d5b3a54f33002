namespace IntegrityGate.Detection.Audio;

/// <summary>The seven lengths of a rhythm's four tones and three gaps, in the order of time, in any one unit of time.</summary>
internal readonly record struct RhythmTiming(double Short1, double Gap1, double Long, double Pause, double Short2, double Gap2, double Short3)
{
    /// <summary>The whole.</summary>
    public double Total => Short1 + Gap1 + Long + Pause + Short2 + Gap2 + Short3;

    /// <summary>The length of a unit that fits best: long and pause count as three, all seven alike.</summary>
    public double Unit => (Short1 + Gap1 + (Long / 3) + (Pause / 3) + Short2 + Gap2 + Short3) / 7;

    /// <summary>Holds the lengths against the proportions.</summary>
    /// <param name="options">Tolerances.</param>
    /// <returns>1 less the mean deviation from the proportions of Morse code; 0 when a length is outside its tolerance.</returns>
    public double Fit(RhythmOptions options)
    {
        var unit = Unit;
        ReadOnlySpan<double> ones = [Short1, Gap1, Short2, Gap2, Short3];
        var deviation = 0.0;
        foreach (var one in ones)
        {
            var off = Math.Abs((one / unit) - 1);
            if (!(off <= options.UnitTolerance))
                return 0;
            deviation += off;
        }

        if (Long < options.ShortestLong * unit || Long > options.LongestLong * unit || Pause < options.ShortestPause * unit || Pause > options.LongestPause * unit)
            return 0;
        // Said once more against the neighbours, since the unit leans on all seven: long against short, pause against gap.
        if (Long < 1.8 * Math.Max(Short1, Math.Max(Short2, Short3)) || Pause < 1.6 * Math.Max(Gap1, Gap2))
            return 0;
        deviation += Math.Abs((Long / (3 * unit)) - 1) + Math.Abs((Pause / (3 * unit)) - 1);
        return 1 - (deviation / 7);
    }
}
