using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Amf;

namespace IntegrityGate.Media.Rtmp;

/// <summary>
/// What one side of an enhanced RTMP connection can take (E-RTMP v2, "Enhancing NetConnection connect Command"): codecs by FourCC, where
/// <c>*</c> stands for any, and extended features.
/// </summary>
/// <param name="Video">Video codecs.</param>
/// <param name="Audio">Audio codecs.</param>
/// <param name="Features">Extended features.</param>
public sealed record RtmpCapabilities(
    IReadOnlyDictionary<string, FourCcUse> Video,
    IReadOnlyDictionary<string, FourCcUse> Audio,
    CapsEx Features)
{
    private const string Any = "*";
    private const string ListName = "fourCcList";
    private const string VideoName = "videoFourCcInfoMap";
    private const string AudioName = "audioFourCcInfoMap";
    private const string FeaturesName = "capsEx";

    private static readonly string[] AudioCodecs = ["Opus", "fLaC", "ac-3", "ec-3", "mp4a", ".mp3"];

    /// <summary>A legacy peer: H.264 and AAC by their old ids, nothing enhanced.</summary>
    public static RtmpCapabilities None { get; } = new(Map(), Map(), CapsEx.None);

    /// <summary>A gate that keeps the stream to itself or whose upstreams take everything: any codec passes through.</summary>
    public static RtmpCapabilities PassAll { get; } = new(
        Map((Any, FourCcUse.CanForward)),
        Map((Any, FourCcUse.CanForward)),
        CapsEx.Reconnect | CapsEx.Multitrack | CapsEx.ModEx | CapsEx.TimestampNanoOffset);

    /// <summary>True when there is nothing enhanced in it.</summary>
    public bool IsLegacy => Video.Count == 0 && Audio.Count == 0 && Features == CapsEx.None;

    /// <summary>Reads the capabilities out of a connect's command object, or out of the answer to one.</summary>
    public static RtmpCapabilities Read(AmfObject properties)
    {
        var video = new Dictionary<string, FourCcUse>(StringComparer.Ordinal);
        var audio = new Dictionary<string, FourCcUse>(StringComparer.Ordinal);
        if (properties[ListName] is AmfArray list)
        {
            foreach (var code in list.Items.OfType<AmfString>().Select(item => item.Value))
            {
                if (code == Any || !AudioCodecs.Contains(code))
                    video[code] = FourCcUse.CanForward;
                if (code == Any || AudioCodecs.Contains(code))
                    audio[code] = FourCcUse.CanForward;
            }
        }

        ReadMap(properties[VideoName], video);
        ReadMap(properties[AudioName], audio);
        var features = properties.Number(FeaturesName) is >= 0 and <= int.MaxValue and var number ? (CapsEx)(int)number : CapsEx.None;
        return video.Count == 0 && audio.Count == 0 && features == CapsEx.None ? None : new RtmpCapabilities(video, audio, features);
    }

    /// <summary>True when a codec is covered by name or by the wildcard.</summary>
    public static bool Covers(IReadOnlyDictionary<string, FourCcUse> codecs, string fourCc) => codecs.ContainsKey(fourCc) || codecs.ContainsKey(Any);

    /// <summary>True when a peer that named its codecs did not name this one; a peer that named none has said nothing.</summary>
    /// <param name="fourCc">The codec.</param>
    /// <param name="kind">Audio or video.</param>
    public bool Refuses(string fourCc, MediaKind kind)
    {
        var codecs = kind == MediaKind.Audio ? Audio : Video;
        return codecs.Count > 0 && !Covers(codecs, fourCc);
    }

    /// <summary>What both sides can take: promised to an encoder when it may end up at either.</summary>
    public RtmpCapabilities Intersect(RtmpCapabilities other) => new(Common(Video, other.Video), Common(Audio, other.Audio), Features & other.Features);

    /// <summary>
    /// Adds the properties to an answer, in the forms that the peer itself used (a peer that asked nothing is told nothing).
    /// </summary>
    /// <param name="answer">The object to add to.</param>
    /// <param name="offered">The peer's command object.</param>
    public void Answer(AmfObject answer, AmfObject offered)
    {
        if (offered[ListName] is not null)
            answer.Add(ListName, new AmfArray([.. Video.Keys.Union(Audio.Keys).Order(StringComparer.Ordinal).Select(AmfValue.FromString)]));
        if (offered[VideoName] is not null)
            answer.Add(VideoName, ToObject(Video));
        if (offered[AudioName] is not null)
            answer.Add(AudioName, ToObject(Audio));
        if (offered[FeaturesName] is not null)
            answer.Add(FeaturesName, (double)(int)Features);
    }

    /// <summary>Adds all properties to a connect's command object, as a client offers them.</summary>
    public void Offer(AmfObject properties)
    {
        if (IsLegacy)
            return;
        properties.Add(ListName, new AmfArray([.. Video.Keys.Union(Audio.Keys).Order(StringComparer.Ordinal).Select(AmfValue.FromString)]));
        properties.Add(VideoName, ToObject(Video));
        properties.Add(AudioName, ToObject(Audio));
        properties.Add(FeaturesName, (double)(int)Features);
    }

    private static Dictionary<string, FourCcUse> Common(IReadOnlyDictionary<string, FourCcUse> left, IReadOnlyDictionary<string, FourCcUse> right)
    {
        var common = new Dictionary<string, FourCcUse>(StringComparer.Ordinal);
        foreach (var code in left.Keys.Union(right.Keys))
        {
            var use = Use(left, code) & Use(right, code);
            if (use != FourCcUse.None)
                common[code] = use;
        }

        return common;
    }

    private static FourCcUse Use(IReadOnlyDictionary<string, FourCcUse> codecs, string code) =>
        codecs.TryGetValue(code, out var use) || codecs.TryGetValue(Any, out use) ? use : FourCcUse.None;

    private static void ReadMap(AmfValue? value, Dictionary<string, FourCcUse> codecs)
    {
        foreach (var (code, use) in (value as AmfObject)?.Properties ?? [])
        {
            if (use is AmfNumber { Value: >= 0 and <= 255 } number)
                codecs[code] = (FourCcUse)(int)number.Value;
        }
    }

    private static AmfObject ToObject(IReadOnlyDictionary<string, FourCcUse> codecs)
    {
        var target = new AmfObject();
        foreach (var (code, use) in codecs.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            target.Add(code, (double)(int)use);
        return target;
    }

    private static Dictionary<string, FourCcUse> Map(params ReadOnlySpan<(string Code, FourCcUse Use)> codecs)
    {
        var map = new Dictionary<string, FourCcUse>(StringComparer.Ordinal);
        foreach (var (code, use) in codecs)
            map[code] = use;
        return map;
    }
}
