namespace IntegrityGate.Media.Rtmp;

/// <summary>A server answered, and said no.</summary>
public sealed class RtmpRefusedException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="server">The server, without credentials.</param>
    /// <param name="stage">The step that was refused.</param>
    /// <param name="code">The status code, or <c>closed</c> when the server closed instead of answering.</param>
    /// <param name="description">The server's words.</param>
    public RtmpRefusedException(string server, RtmpStage stage, string code, string description)
        : base($"upstream {server} refused at {stage}: {code} {description}".TrimEnd())
    {
        Stage = stage;
        Code = code;
        Description = description;
    }

    /// <summary>The step that was refused.</summary>
    public RtmpStage Stage { get; }

    /// <summary>The status code.</summary>
    public string Code { get; }

    /// <summary>The server's words.</summary>
    public string Description { get; }
}
