using System.Globalization;

namespace IntegrityGate.Media.Rates;

/// <summary>What ffmpeg is told to publish something at a rate, as encoders for live streams are set: x264 veryfast, an IDR in two seconds.</summary>
internal static class RateArguments
{
    /// <summary>
    /// Bits of an IDR in seconds of a stream's rate: 0.3. Measured with these settings on seven clips at 720p and 360p (cameras, talking
    /// heads, generated): 0.19 to 0.73, median 0.26.
    /// </summary>
    public const double IdrSeconds = 0.3;

    /// <summary>x264 fills no more than this share of its rate buffer with the first picture (its <c>vbv-init</c>).</summary>
    private const double BufferStart = 0.9;

    /// <summary>A still picture as one IDR. At a bit rate it gets what an IDR of such a stream gets; better than CRF 16 it never is.</summary>
    public static string Picture(StreamRate rate) => rate.Crf is { } crf
        ? string.Create(CultureInfo.InvariantCulture, $"{Scale(rate)} -frames:v 1 {Encoder} -crf {crf}")
        : string.Create(CultureInfo.InvariantCulture, $"{Scale(rate)} -frames:v 1 {Encoder} -crf 16 -maxrate {rate.BitrateKbps}k -bufsize {rate.BitrateKbps * IdrSeconds / BufferStart:0}k");

    /// <summary>A clip at its own frame rate.</summary>
    public static string Clip(StreamRate rate) => string.Create(CultureInfo.InvariantCulture, $"{Scale(rate)} {Encoder} -force_key_frames expr:gte(t,n_forced*2) -g 100000 -sc_threshold 0 ")
        + (rate.Crf is { } crf
            ? string.Create(CultureInfo.InvariantCulture, $"-crf {crf}")
            : string.Create(CultureInfo.InvariantCulture, $"-b:v {rate.BitrateKbps}k -maxrate {rate.BitrateKbps}k -bufsize {rate.BitrateKbps}k"));

    // One thread: the result must not depend on the machine's cores. The short side is never enlarged.
    private const string Encoder = "-c:v libx264 -preset veryfast -threads 1 -flvflags no_duration_filesize";

    // 4:2:0 has even sides: an odd last column or row is cut, since scaling it away would smooth what a detector looks for.
    private static string Scale(StreamRate rate) => string.Create(
        CultureInfo.InvariantCulture,
        $"-map 0:v:0 -an -sn -dn -vf crop=trunc(iw/2)*2:trunc(ih/2)*2:0:0,scale=w=if(gt(iw\\,ih)\\,-2\\,min(iw\\,{rate.ShortSide})):h=if(gt(iw\\,ih)\\,min(ih\\,{rate.ShortSide})\\,-2):flags=bicubic,format=yuv420p");
}
