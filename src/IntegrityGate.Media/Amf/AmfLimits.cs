namespace IntegrityGate.Media.Amf;

/// <summary>What one message may make the reader build.</summary>
/// <param name="MaxDepth">Objects within objects.</param>
/// <param name="MaxItems">Values and properties in all.</param>
/// <param name="MaxStringBytes">Bytes of one string.</param>
public sealed record AmfLimits(int MaxDepth, int MaxItems, int MaxStringBytes)
{
    /// <summary>16 deep, 8,192 values, 64 KiB a string: the defaults of the ingest.</summary>
    public static AmfLimits Default { get; } = new(16, 8192, 65535);
}
