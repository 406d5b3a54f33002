namespace IntegrityGate.Media.Rtmp;

/// <summary>A step on the way to a stream took too long.</summary>
public sealed class RtmpTimeoutException : TimeoutException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="server">The server, without credentials.</param>
    /// <param name="stage">The step that took too long.</param>
    /// <param name="limit">The time that it had.</param>
    /// <param name="cause">How it ended.</param>
    public RtmpTimeoutException(string server, RtmpStage stage, TimeSpan limit, Exception cause)
        : base($"upstream {server}: {stage} took longer than {limit}", cause) => Stage = stage;

    /// <summary>The step that took too long.</summary>
    public RtmpStage Stage { get; }
}
