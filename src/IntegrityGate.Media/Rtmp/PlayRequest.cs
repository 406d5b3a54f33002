using System.Net;
using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Amf;

namespace IntegrityGate.Media.Rtmp;

/// <summary>Somebody wants to play. <paramref name="App"/>, <paramref name="TcUrl"/> and <paramref name="Name"/> are byte-exact and may hold credentials.</summary>
/// <param name="ConnectionId">The server's id of the connection, for logs.</param>
/// <param name="Remote">The peer's address.</param>
/// <param name="App">The app as sent in connect.</param>
/// <param name="TcUrl">The tcUrl as sent in connect; empty when missing.</param>
/// <param name="Name">The stream name as sent in play, query included.</param>
/// <param name="Player">The <c>flashVer</c> of connect.</param>
/// <param name="ConnectProperties">All of connect's command object.</param>
public sealed record PlayRequest(
    string ConnectionId,
    EndPoint? Remote,
    string App,
    string TcUrl,
    StreamKey Name,
    string Player,
    AmfObject ConnectProperties)
{
    /// <summary>App, stream and query in one form, whichever way the player spelt them.</summary>
    public RtmpAddress Address => RtmpAddress.Parse(App, TcUrl, Name.Secret);

    /// <summary>Connection and app; never a credential.</summary>
    public override string ToString() => $"play {ConnectionId} app {Address.App}";
}
