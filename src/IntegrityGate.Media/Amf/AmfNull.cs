namespace IntegrityGate.Media.Amf;

/// <summary>Null.</summary>
public sealed record AmfNull : AmfValue
{
    private AmfNull()
    {
    }

    /// <summary>The one null.</summary>
    public static AmfNull Value { get; } = new();
}
