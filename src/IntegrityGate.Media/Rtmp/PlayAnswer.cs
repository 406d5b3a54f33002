namespace IntegrityGate.Media.Rtmp;

/// <summary>What the program says to a player.</summary>
public abstract record PlayAnswer
{
    private PlayAnswer()
    {
    }

    /// <summary>The stream is there.</summary>
    /// <param name="Playback">Its packets; the server disposes of it.</param>
    public sealed record Accepted(IPlayback Playback) : PlayAnswer;

    /// <summary>There is nothing to play; the peer is told so and disconnected.</summary>
    /// <param name="Code"><c>NetStream.Play.StreamNotFound</c> or <c>NetStream.Play.Failed</c>: see <see cref="RtmpStatus"/>.</param>
    /// <param name="Description">The reason in words.</param>
    public sealed record Refused(string Code, string Description) : PlayAnswer;
}
