using System.Buffers.Binary;
using System.Globalization;

namespace IntegrityGate.Media.Tests.Codecs;

/// <summary>
/// The samples of an MP4 file by ffprobe's account of where they lie, and the tracks' configurations by the names of their boxes:
/// what a publisher of ours muxes into enhanced tags, which the installed ffmpeg does not write itself.
/// </summary>
internal sealed record Mp4Samples(byte[] VideoConfiguration, IReadOnlyList<Mp4Samples.Sample> Samples)
{
    /// <summary>What ffprobe is asked for, before the file's name.</summary>
    public static readonly string[] ProbeArguments = ["-v", "error", "-show_entries", "packet=codec_type,pts_time,dts_time,size,pos,flags", "-of", "csv=p=0"];

    /// <param name="IsVideo">False for audio.</param>
    /// <param name="Dts">Decoding time, ms from the first.</param>
    /// <param name="Pts">Presentation time on the same clock.</param>
    /// <param name="IsKey">The container's word for a key frame.</param>
    /// <param name="Data">The sample.</param>
    internal sealed record Sample(bool IsVideo, long Dts, long Pts, bool IsKey, byte[] Data);

    /// <param name="path">The file; written with its index before its samples or behind, either will do.</param>
    /// <param name="probed">What ffprobe said.</param>
    /// <param name="box">Name of the video configuration's box: hvcC, av1C or avcC.</param>
    public static Mp4Samples Read(string path, IEnumerable<string> probed, string box)
    {
        var file = File.ReadAllBytes(path);
        var at = file.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(box));
        var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at - 4));
        var samples = new List<Sample>();
        foreach (var row in probed.Select(line => line.Split(',')).Where(row => row.Length >= 6 && row[0] is "video" or "audio"))
        {
            long Milliseconds(string value) => (long)Math.Round(double.Parse(value, CultureInfo.InvariantCulture) * 1000);
            var size = int.Parse(row[3], CultureInfo.InvariantCulture);
            var position = int.Parse(row[4], CultureInfo.InvariantCulture);
            samples.Add(new Sample(row[0] == "video", Milliseconds(row[2]), Milliseconds(row[1]), row[5].Contains('K', StringComparison.Ordinal), file[position..(position + size)]));
        }

        var zero = samples.Min(sample => sample.Dts);
        return new Mp4Samples(
            file[(at + 4)..(at + length - 4)],
            [.. samples.Select(sample => sample with { Dts = sample.Dts - zero, Pts = sample.Pts - zero }).OrderBy(sample => sample.Dts).ThenBy(sample => sample.IsVideo)]);
    }
}
