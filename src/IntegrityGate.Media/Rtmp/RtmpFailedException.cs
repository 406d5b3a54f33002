namespace IntegrityGate.Media.Rtmp;

/// <summary>The network or the server failed on the way to a stream.</summary>
public sealed class RtmpFailedException : IOException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="server">The server, without credentials.</param>
    /// <param name="stage">The step that failed.</param>
    /// <param name="cause">What happened.</param>
    public RtmpFailedException(string server, RtmpStage stage, Exception cause)
        : base($"upstream {server}: {stage} failed: {cause.Message}", cause) => Stage = stage;

    /// <summary>The step that failed.</summary>
    public RtmpStage Stage { get; }
}
