namespace IntegrityGate.Media.Amf;

/// <summary>One value of the Action Message Format, AMF0 or AMF3 alike; immutable once read.</summary>
public abstract record AmfValue
{
    /// <summary>Wraps a string.</summary>
    public static implicit operator AmfValue(string value) => new AmfString(value);

    /// <summary>Wraps a number.</summary>
    public static implicit operator AmfValue(double value) => new AmfNumber(value);

    /// <summary>Wraps a boolean.</summary>
    public static implicit operator AmfValue(bool value) => value ? AmfBoolean.True : AmfBoolean.False;

    /// <summary>Wraps a string; the named form of the conversion.</summary>
    public static AmfValue FromString(string value) => value;

    /// <summary>Wraps a number; the named form of the conversion.</summary>
    public static AmfValue FromDouble(double value) => value;

    /// <summary>Wraps a boolean; the named form of the conversion.</summary>
    public static AmfValue FromBoolean(bool value) => value;
}
