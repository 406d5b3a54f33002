namespace IntegrityGate.Media.Decoding;

/// <summary>A file or URL cannot be read as media. The message is for people and does not hold the input's name, which may hold a key.</summary>
public sealed class MediaUnreadableException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="reason">Why, without the input's name.</param>
    /// <param name="inner">What was thrown underneath.</param>
    public MediaUnreadableException(string reason, Exception? inner = null)
        : base(reason, inner)
    {
    }
}
