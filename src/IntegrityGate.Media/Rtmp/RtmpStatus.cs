namespace IntegrityGate.Media.Rtmp;

/// <summary>Status codes of <c>onStatus</c>, <c>_result</c> and <c>_error</c> (ActionScript 3 reference, NetStatusEvent; E-RTMP v2, "Reconnect Request").</summary>
public static class RtmpStatus
{
    /// <summary>Connected.</summary>
    public const string ConnectSuccess = "NetConnection.Connect.Success";

    /// <summary>Not let in.</summary>
    public const string ConnectRejected = "NetConnection.Connect.Rejected";

    /// <summary>Please come back over a new connection.</summary>
    public const string ReconnectRequest = "NetConnection.Connect.ReconnectRequest";

    /// <summary>The connection is being closed.</summary>
    public const string ConnectClosed = "NetConnection.Connect.Closed";

    /// <summary>The stream may begin.</summary>
    public const string PublishStart = "NetStream.Publish.Start";

    /// <summary>The name is taken or not acceptable.</summary>
    public const string PublishBadName = "NetStream.Publish.BadName";

    /// <summary>The publisher may not publish.</summary>
    public const string PublishDenied = "NetStream.Publish.Denied";

    /// <summary>The server ended the stream for lack of data.</summary>
    public const string PublishIdle = "NetStream.Publish.Idle";

    /// <summary>The server ended the stream for another reason.</summary>
    public const string PublishFailed = "NetStream.Publish.Failed";

    /// <summary>The stream has ended as asked.</summary>
    public const string UnpublishSuccess = "NetStream.Unpublish.Success";

    /// <summary>Playing begins anew.</summary>
    public const string PlayReset = "NetStream.Play.Reset";

    /// <summary>Playing begins.</summary>
    public const string PlayStart = "NetStream.Play.Start";

    /// <summary>Playing has ended.</summary>
    public const string PlayStop = "NetStream.Play.Stop";

    /// <summary>Playing failed.</summary>
    public const string PlayFailed = "NetStream.Play.Failed";

    /// <summary>There is no such stream.</summary>
    public const string PlayStreamNotFound = "NetStream.Play.StreamNotFound";

    /// <summary>The publisher has left the stream that is played.</summary>
    public const string PlayUnpublishNotify = "NetStream.Play.UnpublishNotify";

    /// <summary>Paused.</summary>
    public const string PauseNotify = "NetStream.Pause.Notify";

    /// <summary>Playing again.</summary>
    public const string UnpauseNotify = "NetStream.Unpause.Notify";

    /// <summary>Seeking: taken note of, a live stream has nowhere to seek to.</summary>
    public const string SeekNotify = "NetStream.Seek.Notify";
}
