using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace IntegrityGate.Media.Rates;

/// <summary>A size and a rate at which streams are published: <c>720p@crf28</c> or <c>720p@2500k</c>.</summary>
/// <param name="ShortSide">Short side of the picture, px; even (4:2:0 chroma, H.264 6.2).</param>
/// <param name="Crf">x264's constant rate factor, 0 to 51; null for a bit rate.</param>
/// <param name="BitrateKbps">Bit rate, kbit/s; null for a constant rate factor.</param>
public sealed record StreamRate(int ShortSide, int? Crf, int? BitrateKbps)
{
    /// <summary>Smallest short side: 144 px, the lowest rung that platforms serve.</summary>
    public const int MinShortSide = 144;

    /// <summary>Largest short side: 2160 px, 4K.</summary>
    public const int MaxShortSide = 2160;

    /// <summary>Lowest bit rate: 50 kbit/s; below, x264 leaves its rate at 144p.</summary>
    public const int MinKbps = 50;

    /// <summary>Highest bit rate: 100,000 kbit/s, beyond any contribution feed over RTMP.</summary>
    public const int MaxKbps = 100_000;

    /// <summary>Reads a rate.</summary>
    /// <param name="text">Such as <c>720p@crf28</c>.</param>
    /// <param name="rate">The rate.</param>
    /// <param name="reason">What is wrong.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out StreamRate? rate, out string? reason)
    {
        rate = null;
        if (text?.Split("p@") is not [var size, var quality] || !TryNumber(size, out var shortSide))
            reason = $"'{text}' is not of the form 720p@crf28 or 720p@2500k";
        else if (shortSide is < MinShortSide or > MaxShortSide || shortSide % 2 != 0)
            reason = $"the short side {shortSide} of '{text}' is not an even number from {MinShortSide} to {MaxShortSide}";
        else
            reason = ReadQuality(text, shortSide, quality, out rate);
        return rate is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{ShortSide}p@{(Crf is { } crf ? $"crf{crf}" : $"{BitrateKbps}k")}");

    private static string? ReadQuality(string text, int shortSide, string quality, out StreamRate? rate)
    {
        rate = null;
        if (quality.StartsWith("crf", StringComparison.Ordinal) && TryNumber(quality[3..], out var crf))
        {
            if (crf > 51)
                return $"the rate factor {crf} of '{text}' is not from 0 to 51";
            rate = new StreamRate(shortSide, crf, null);
            return null;
        }

        if (!quality.EndsWith('k') || !TryNumber(quality[..^1], out var kbps))
            return $"'{text}' names neither a rate factor (crf28) nor a bit rate (2500k)";
        if (kbps is < MinKbps or > MaxKbps)
            return $"the bit rate {kbps}k of '{text}' is not from {MinKbps}k to {MaxKbps}k";
        rate = new StreamRate(shortSide, null, kbps);
        return null;
    }

    private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
