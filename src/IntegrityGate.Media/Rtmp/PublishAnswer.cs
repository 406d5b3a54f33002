namespace IntegrityGate.Media.Rtmp;

/// <summary>What the program says to a publisher.</summary>
public abstract record PublishAnswer
{
    private PublishAnswer()
    {
    }

    /// <summary>The stream may begin.</summary>
    /// <param name="Publication">Where its packets go; the server completes it exactly once.</param>
    public sealed record Accepted(IPublication Publication) : PublishAnswer;

    /// <summary>The stream may not begin; the peer is told so and disconnected.</summary>
    /// <param name="Code"><c>NetStream.Publish.BadName</c> or <c>NetStream.Publish.Denied</c>: see <see cref="RtmpStatus"/>.</param>
    /// <param name="Description">The reason in words, for the encoder's log.</param>
    public sealed record Refused(string Code, string Description) : PublishAnswer;
}
