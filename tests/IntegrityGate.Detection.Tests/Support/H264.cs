using System.Globalization;
using IntegrityGate.Core.Frames;

namespace IntegrityGate.Detection.Tests.Support;

/// <summary>Sends pictures through x264 and back, each as an IDR, as the tap sees a live stream's keyframes.</summary>
public static class H264
{
    /// <summary>Encodes and decodes pictures of one size.</summary>
    public static List<VideoFrame> RoundTrip(IEnumerable<byte[]> pictures, int width, int height, int crf)
    {
        var all = pictures.ToList();
        var raw = new byte[all.Sum(p => p.Length)];
        var at = 0;
        foreach (var picture in all)
        {
            picture.CopyTo(raw, at);
            at += picture.Length;
        }

        var stream = Clip.Run(
            "ffmpeg",
            ["-v", "error", "-threads", "1", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", $"{width}x{height}", "-r", "1", "-i", "-",
             "-c:v", "libx264", "-preset", "veryfast", "-crf", crf.ToString(CultureInfo.InvariantCulture), "-g", "1", "-pix_fmt", "yuv420p", "-threads", "1", "-f", "h264", "-"],
            raw);
        var pixels = Clip.Run("ffmpeg", ["-v", "error", "-threads", "1", "-f", "h264", "-r", "1", "-i", "-", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"], stream);
        return [.. Clip.Split(pixels, width, height)];
    }
}
