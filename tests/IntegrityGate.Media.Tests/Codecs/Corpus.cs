namespace IntegrityGate.Media.Tests.Codecs;

/// <summary>
/// Small real streams in hexadecimal, made by x265, libaom and SVT-AV1: a line each of kind, stream and bytes. hvcC and av1C are
/// configuration records, unit is an access or temporal unit in its MP4 framing, mkv is what ffmpeg pipes from an encoder.
/// </summary>
internal static class Corpus
{
    private static readonly Lazy<List<(string Kind, string Stream, byte[] Bytes)>> Lines = new(() =>
    {
        using var reader = new StreamReader(typeof(Corpus).Assembly.GetManifestResourceStream("corpus.txt")!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).Select(parts => (parts[0], parts[1], Convert.FromHexString(parts[2])))];
    });

    /// <summary>All pieces of a kind, of streams whose name begins so.</summary>
    public static List<byte[]> Of(string kind, string stream = "") =>
        [.. Lines.Value.Where(line => line.Kind == kind && line.Stream.StartsWith(stream, StringComparison.Ordinal)).Select(line => line.Bytes)];
}
