using System.Buffers.Binary;
using IntegrityGate.Media.Rtmp.Chunks;

namespace IntegrityGate.Media.Rtmp.Sessions;

/// <summary>
/// The control half of a session, the same on both sides: acknowledges what comes in, answers pings, and passes over what it does not know.
/// It only notes what is owed; <see cref="WriteOwed"/> writes it, at most one of each kind, so that a peer who asks without end fills nothing.
/// </summary>
internal sealed class PeerControl(int ourWindow)
{
    // An acknowledgement for every few bytes would be the peer's way to make us work; the least window that is honoured.
    private const uint LeastWindow = 4096;

    private uint _window = (uint)ourWindow;
    private long _received;
    private long _acknowledged;
    private uint? _ping;
    private bool _owesWindow;

    /// <summary>Bytes received so far.</summary>
    public long Received => Volatile.Read(ref _received);

    /// <summary>True when something is owed.</summary>
    public bool Owes => _ping is not null || _owesWindow || _received - _acknowledged >= _window;

    /// <summary>Counts bytes received.</summary>
    public void Count(long bytes) => Volatile.Write(ref _received, _received + bytes);

    /// <summary>Takes a control message.</summary>
    /// <returns>The user control event, or null for another message.</returns>
    public UserControlEvent? Take(MessageType type, ReadOnlySpan<byte> body)
    {
        switch (type)
        {
            case MessageType.WindowAckSize when body.Length >= 4:
                _window = Math.Clamp(BinaryPrimitives.ReadUInt32BigEndian(body), LeastWindow, (uint)ourWindow);
                return null;
            case MessageType.SetPeerBandwidth when body.Length >= 4:
                _owesWindow = true; // 5.4.5: answered with our window
                return null;
            case MessageType.Acknowledgement:
                return null;
            case MessageType.UserControl when body.Length >= 2:
                return TakeUserControl((UserControlEvent)BinaryPrimitives.ReadUInt16BigEndian(body), body[2..]);
            default:
                RtmpTelemetry.Ignored("short-control");
                return null;
        }
    }

    /// <summary>Writes what is owed; the caller has the output's turn.</summary>
    public void WriteOwed(RtmpOutput output)
    {
        if (_ping is { } stamp)
            output.WriteUserControl(UserControlEvent.PingResponse, stamp);
        if (_owesWindow)
            output.WriteWindow(ourWindow);
        if (_received - _acknowledged >= _window)
        {
            output.WriteAcknowledgement(_received);
            _acknowledged = _received;
        }

        _ping = null;
        _owesWindow = false;
    }

    private UserControlEvent? TakeUserControl(UserControlEvent what, ReadOnlySpan<byte> body)
    {
        switch (what)
        {
            case UserControlEvent.PingRequest when body.Length >= 4:
                _ping = BinaryPrimitives.ReadUInt32BigEndian(body);
                break;
            case UserControlEvent.StreamBegin or UserControlEvent.StreamEof or UserControlEvent.StreamDry or UserControlEvent.SetBufferLength
                or UserControlEvent.StreamIsRecorded or UserControlEvent.PingResponse:
                break;
            default:
                RtmpTelemetry.Ignored("user-control");
                break;
        }

        return what;
    }
}
