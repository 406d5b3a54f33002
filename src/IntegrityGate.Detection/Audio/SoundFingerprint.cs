namespace IntegrityGate.Detection.Audio;

/// <summary>
/// 64 bits by which a window of sound is known again, so that a loop counts once: for eight times and eight groups of mel bands, whether the
/// group is louder there than in the mean of the window.
/// </summary>
internal static class SoundFingerprint
{
    private const int Side = 8;

    /// <summary>The fingerprint of a window; 0 for one that is shorter than its eight times.</summary>
    public static ulong Of(SoundPicture picture)
    {
        if (picture.Columns < Side)
            return 0;
        Span<double> cells = stackalloc double[Side * Side];
        var bands = SoundPicture.Bands / Side;
        var columns = picture.Columns / Side;
        for (var time = 0; time < Side; time++)
        {
            for (var column = time * columns; column < (time + 1) * columns; column++)
            {
                var levels = picture.Mel.Slice(column * SoundPicture.Bands, SoundPicture.Bands);
                for (var band = 0; band < SoundPicture.Bands; band++)
                    cells[(time * Side) + (band / bands)] += levels[band];
            }
        }

        var fingerprint = 0UL;
        for (var group = 0; group < Side; group++)
        {
            var mean = 0.0;
            for (var time = 0; time < Side; time++)
                mean += cells[(time * Side) + group] / Side;
            for (var time = 0; time < Side; time++)
                fingerprint |= (cells[(time * Side) + group] > mean ? 1UL : 0) << ((time * Side) + group);
        }

        return fingerprint;
    }
}
