namespace IntegrityGate.Media.Rtmp;

/// <summary>Why a client's connection ended.</summary>
/// <param name="Code">The status code the server gave; null when it gave none.</param>
/// <param name="Reason">In words, with side and stage.</param>
/// <param name="Error">The exception behind it, if any.</param>
/// <param name="IsOurs">True when we ended it ourselves.</param>
public sealed record RtmpClosing(string? Code, string Reason, Exception? Error = null, bool IsOurs = false);
