using IntegrityGate.EndToEnd.Tests.Support;

namespace IntegrityGate.EndToEnd.Tests.Interop;

/// <summary>What a player must have got through two splices: untouched, stamped, untouched, and nothing lost between.</summary>
internal static class Seams
{
    /// <summary>Looks at pictures that a player showed, in order; the first one carries no label.</summary>
    public static async Task StandInPicturesAsync(IReadOnlyList<GrayFrame> pictures)
    {
        Assert.True(pictures.Count >= 6, $"only {pictures.Count} pictures were shown");
        var labels = pictures.Select(p => PixelRuler.Measure(p.Top(), pictures[0].Top())).ToList();
        Assert.Equal([false, true, false], Runs(labels.Select(l => l is not null)));
        var stamped = Enumerable.Range(0, labels.Count).Where(i => labels[i] is not null).ToList();
        var middle = stamped[stamped.Count / 2];
        var text = await Tesseract.ReadAsync(pictures[middle], labels[middle]!.Plate);
        Assert.Contains("AI", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("生成", text, StringComparison.Ordinal);
    }

    /// <summary>True when one picture that a player showed has a label that another one has not.</summary>
    /// <param name="picture">An image file.</param>
    /// <param name="plain">One without a label.</param>
    public static async Task<bool> IsLabelledAsync(string picture, string plain)
    {
        var (one, other) = (await GrayFrame.ReadAsync(picture, 0, 1), await GrayFrame.ReadAsync(plain, 0, 1));
        return PixelRuler.Measure(one[0].Top(), other[0].Top()) is not null;
    }

    /// <summary>Looks at what a player received of a clip that was published over and over.</summary>
    public static async Task StandInRecordingAsync(string recording, string clip)
    {
        var (sent, got) = (FlvRecording.Read(clip), FlvRecording.Read(recording));
        var published = sent.Video.Select(t => t.Digest).ToHashSet();
        Assert.Equal([true, false, true], Runs(got.Video.Select(t => published.Contains(t.Digest))));
        Assert.All(got.Video.Zip(got.Video.Skip(1)), pair => Assert.InRange(pair.Second.Dts - pair.First.Dts, 33, 34));
        var heard = got.Audio.Select(t => t.Digest).ToList();
        var played = sent.Audio.Select(t => t.Digest).ToList();
        Assert.NotEmpty(heard);
        var start = played.IndexOf(heard[0]);
        Assert.Equal(Enumerable.Range(start, heard.Count).Select(i => played[i % played.Count]), heard);
        // Frames keep their own times: a player that joins late guesses the frame rate from too few of them.
        var decode = await Tool.RunAsync("ffmpeg", "-v", "error", "-i", recording, "-vsync", "passthrough", "-enc_time_base", "-1", "-f", "null", "-");
        Assert.Equal("", decode.Errors.Trim());
    }

    private static List<bool> Runs(IEnumerable<bool> values) =>
        values.Aggregate(new List<bool>(), (runs, value) =>
        {
            if (runs.Count == 0 || runs[^1] != value)
                runs.Add(value);
            return runs;
        });
}
