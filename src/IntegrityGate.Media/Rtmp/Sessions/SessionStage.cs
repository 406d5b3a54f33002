namespace IntegrityGate.Media.Rtmp.Sessions;

/// <summary>Where a server session stands.</summary>
internal enum SessionStage
{
    Handshake,
    Command,
    Publishing,
    Playing,
    Closing,
}
