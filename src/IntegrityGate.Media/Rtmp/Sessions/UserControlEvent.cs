namespace IntegrityGate.Media.Rtmp.Sessions;

/// <summary>User control events (RTMP 1.0, 6.2 and 7.1.7).</summary>
internal enum UserControlEvent : ushort
{
    StreamBegin = 0,
    StreamEof = 1,
    StreamDry = 2,
    SetBufferLength = 3,
    StreamIsRecorded = 4,
    PingRequest = 6,
    PingResponse = 7,
}
