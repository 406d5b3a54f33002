using System.Net;
using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Amf;

namespace IntegrityGate.Media.Rtmp;

/// <summary>Somebody wants to publish. <paramref name="App"/>, <paramref name="TcUrl"/> and <paramref name="Key"/> are byte-exact and may hold credentials.</summary>
/// <param name="ConnectionId">The server's id of the connection, for logs.</param>
/// <param name="Remote">The peer's address.</param>
/// <param name="App">The app as sent in connect.</param>
/// <param name="TcUrl">The tcUrl as sent in connect; empty when missing.</param>
/// <param name="Key">The stream name as sent in publish, query included.</param>
/// <param name="Encoder">The <c>flashVer</c> of connect: the encoder's name for itself.</param>
/// <param name="PublishType">live, record or append; live when missing.</param>
/// <param name="ConnectProperties">All of connect's command object.</param>
public sealed record PublishRequest(
    string ConnectionId,
    EndPoint? Remote,
    string App,
    string TcUrl,
    StreamKey Key,
    string Encoder,
    string PublishType,
    AmfObject ConnectProperties)
{
    /// <summary>App, stream and query in one form, whichever way the encoder spelt them.</summary>
    public RtmpAddress Address => RtmpAddress.Parse(App, TcUrl, Key.Secret);

    /// <summary>What the encoder says of enhanced RTMP; <see cref="RtmpCapabilities.None"/> for a legacy one.</summary>
    public RtmpCapabilities Capabilities => RtmpCapabilities.Read(ConnectProperties);

    /// <summary>Connection and app; never a credential.</summary>
    public override string ToString() => $"publish {ConnectionId} app {Address.App}";
}
