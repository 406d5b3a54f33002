using System.Runtime.CompilerServices;
using IntegrityGate.Media.Amf;

namespace IntegrityGate.Media.Rtmp;

/// <summary>
/// Everything a stranger may ask of the RTMP port, each as one property with its default and the reason for it. A breach closes the
/// connection that did it, and no other, and is counted under the property's name in <c>integritygate.rtmp.limit_breaches</c>.
/// </summary>
public sealed class IngestLimits
{
    private const int KiB = 1024;
    private const int MiB = 1024 * 1024;

    /// <summary>Bytes of one audio, video or data message. 10 MiB: a 4K keyframe at 80 Mbps is about 6 MiB; nginx-rtmp's 1 MiB breaks them.</summary>
    public int MaxMessageBytes { get; set => field = Within(value, KiB, 0xFFFFFF); } = 10 * MiB;

    /// <summary>Bytes of one command message, the only kind read before a publisher is accepted. 64 KiB: a connect with a long token is under 8 KiB.</summary>
    public int MaxCommandBytes { get; set => field = Within(value, KiB, MiB); } = 64 * KiB;

    /// <summary>
    /// Announced bytes of all messages under way on one connection. 20 MiB: one large video and one large data message at once;
    /// without it, 16 MiB on each of thousands of chunk streams is one stranger's to take. Before a publisher is accepted,
    /// <see cref="MaxCommandBytes"/> takes its place.
    /// </summary>
    public int MaxPartialBytesPerConnection { get; set => field = Within(value, KiB, 256 * MiB); } = 20 * MiB;

    /// <summary>Chunk streams of one connection. 64: encoders use under ten; nginx-rtmp's 32 has been too few.</summary>
    public int MaxChunkStreams { get; set => field = Within(value, 4, 65_600); } = 64;

    /// <summary>Largest chunk size a peer may set, bytes. 10 MiB: as large as the largest message, which is what some encoders set.</summary>
    public int MaxInboundChunkSize { get; set => field = Within(value, 128, 0x7FFFFFFF); } = 10 * MiB;

    /// <summary>Chunk size we set for what we send, bytes. 65,536: header bytes under 0.01 % and one chunk for most frames.</summary>
    public int OutboundChunkSize { get; set => field = Within(value, 128, 0xFFFFFF); } = 65_536;

    /// <summary>
    /// Connections at a time in all, over all RTMP ports and at every stage. 4,000: more than twice the publishers that one core forwards; page and
    /// health have a listener of their own, so that they answer while strangers fill this.
    /// </summary>
    public int MaxConnections { get; set => field = Within(value, 1, 1_000_000); } = 4000;

    /// <summary>Time from accept to the end of the PROXY header, on a port that demands one. 5 s: a proxy sends it with its first segment.</summary>
    public TimeSpan ProxyHeaderTimeout { get; set => field = Within(value, TimeSpan.FromMinutes(1)); } = TimeSpan.FromSeconds(5);

    /// <summary>Bytes of a version 2 PROXY header with its vectors. 2,048: 232 hold any address, the names of a client's certificate some hundred more.</summary>
    public int MaxProxyHeaderBytes { get; set => field = Within(value, 232, 65_551); } = 2048;

    /// <summary>Time that a TLS handshake may take, on a port with TLS. 10 s: as Kestrel's, and as <see cref="HandshakeTimeout"/>, which begins after it.</summary>
    public TimeSpan TlsHandshakeTimeout { get; set => field = Within(value, TimeSpan.FromMinutes(5)); } = TimeSpan.FromSeconds(10);

    /// <summary>Time from accept to the end of the handshake. 10 s: three round trips on a bad mobile line take under 3 s.</summary>
    public TimeSpan HandshakeTimeout { get; set => field = Within(value, TimeSpan.FromMinutes(5)); } = TimeSpan.FromSeconds(10);

    /// <summary>Time a peer may take from handshake to publish or play, the application's answer not counted. 15 s: encoders take under one; people typing take longer nowhere.</summary>
    public TimeSpan CommandTimeout { get; set => field = Within(value, TimeSpan.FromMinutes(5)); } = TimeSpan.FromSeconds(15);

    /// <summary>Silence of a publisher, after which it is taken for gone. 10 s: nginx-rtmp's 60 s is what keeps zombie publishers on their keys.</summary>
    public TimeSpan IdleTimeout { get; set => field = Within(value, TimeSpan.FromHours(1)); } = TimeSpan.FromSeconds(10);

    /// <summary>Least mean rate of a publisher, bytes a second; 0 turns it off. 240: Kestrel's own, and a tenth of the thinnest audio-only stream.</summary>
    public int MinPublishBytesPerSecond { get; set => field = Within(value, 0, MiB); } = 240;

    /// <summary>The stretch over which <see cref="MinPublishBytesPerSecond"/> is measured, time under back-pressure not counted. 20 s: longer than the GOP of a still picture.</summary>
    public TimeSpan MinPublishRateGrace { get; set => field = Within(value, TimeSpan.FromMinutes(10)); } = TimeSpan.FromSeconds(20);

    /// <summary>How often a peer from whom nothing came is pinged. 30 s: half of the idle time that most NAT boxes and load balancers allow.</summary>
    public TimeSpan PingInterval { get; set => field = Within(value, TimeSpan.FromHours(1)); } = TimeSpan.FromSeconds(30);

    /// <summary>Time to answer a ping with anything at all. 30 s: as nginx-rtmp.</summary>
    public TimeSpan PingTimeout { get; set => field = Within(value, TimeSpan.FromHours(1)); } = TimeSpan.FromSeconds(30);

    /// <summary>Time a peer may take to read what was sent. 20 s: a player that far behind has left.</summary>
    public TimeSpan SendTimeout { get; set => field = Within(value, TimeSpan.FromMinutes(10)); } = TimeSpan.FromSeconds(20);

    /// <summary>Bytes written between two waits for the peer's socket, so the most that a player who never reads holds besides its queue. 64 KiB: Kestrel's response buffer.</summary>
    public int SendPauseBytes { get; set => field = Within(value, 4 * KiB, 16 * MiB); } = 64 * KiB;

    /// <summary>Time that publishers and players have to leave when the gate drains. 5 s: time for an enhanced client to move at its next keyframe.</summary>
    public TimeSpan DrainGrace { get; set => field = Within(value, TimeSpan.FromHours(1), allowZero: true); } = TimeSpan.FromSeconds(5);

    /// <summary>Time that a peer who was told why gets to close first, so that the reason is not lost to a reset. 1 s: a round trip and some.</summary>
    public TimeSpan CloseLinger { get; set => field = Within(value, TimeSpan.FromMinutes(1), allowZero: true); } = TimeSpan.FromSeconds(1);

    /// <summary>Objects within objects in a command. 16: real ones have three.</summary>
    public int AmfMaxDepth { get; set => field = Within(value, 2, 64); } = 16;

    /// <summary>Values in one command. 8,192: real ones have fifty.</summary>
    public int AmfMaxItems { get; set => field = Within(value, 16, MiB); } = 8192;

    /// <summary>Bytes of one string in a command. 65,535: the most that a short AMF0 string can hold.</summary>
    public int AmfMaxStringBytes { get; set => field = Within(value, 16, MiB); } = 65_535;

    /// <summary>
    /// Connections at a time from one address (IPv6: one /64, which is what one stranger has). 1,000: as many publishers as a core carries.
    /// Raise it where a load balancer hides the addresses.
    /// </summary>
    public int MaxConnectionsPerAddress { get; set => field = Within(value, 1, int.MaxValue); } = 1000;

    /// <summary>Publish commands a second, all connections together, with a burst of twice that. 200: each costs a hook call and an upstream connection.</summary>
    public int MaxPublishesPerSecond { get; set => field = Within(value, 1, int.MaxValue); } = 200;

    /// <summary>Bytes received between our acknowledgements, and the window we give a peer. 2,500,000: what most servers use.</summary>
    public int WindowAckBytes { get; set => field = Within(value, 1000, int.MaxValue); } = 2_500_000;

    /// <summary>The AMF part, as the readers take it.</summary>
    public AmfLimits Amf => new(AmfMaxDepth, AmfMaxItems, AmfMaxStringBytes);

    private static int Within(int value, int least, int most, [CallerMemberName] string name = "")
    {
        if (value < least || value > most)
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be between {least} and {most}.");
        return value;
    }

    private static TimeSpan Within(TimeSpan value, TimeSpan most, bool allowZero = false, [CallerMemberName] string name = "")
    {
        if (value > most || value < TimeSpan.Zero || (value == TimeSpan.Zero && !allowZero))
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {(allowZero ? "at least" : "over")} zero and at most {most}.");
        return value;
    }
}
