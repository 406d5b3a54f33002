namespace IntegrityGate.Media.Amf;

/// <summary>A boolean.</summary>
/// <param name="Value">The boolean.</param>
public sealed record AmfBoolean(bool Value) : AmfValue
{
    /// <summary>True.</summary>
    public static AmfBoolean True { get; } = new(true);

    /// <summary>False.</summary>
    public static AmfBoolean False { get; } = new(false);
}
