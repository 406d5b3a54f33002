using IntegrityGate.Core.Streams;

namespace IntegrityGate.Streams;

/// <summary>Who a stream is: its public id, and the key that must never be shown.</summary>
/// <param name="Id">Public id.</param>
/// <param name="App">RTMP application, without query; public.</param>
/// <param name="Key">The publish key.</param>
public sealed record StreamIdentity(StreamId Id, string App, StreamKey Key);
