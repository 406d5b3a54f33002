namespace IntegrityGate.Media.Amf;

/// <summary>Undefined; also what stands for an AMF0 marker that carries no value (unsupported).</summary>
public sealed record AmfUndefined : AmfValue
{
    private AmfUndefined()
    {
    }

    /// <summary>The one undefined.</summary>
    public static AmfUndefined Value { get; } = new();
}
