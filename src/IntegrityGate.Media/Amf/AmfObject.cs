using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace IntegrityGate.Media.Amf;

/// <summary>Named values in the order they came: AMF0 object, typed object or ECMA array; AMF3 object, or array with named members.</summary>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "The field's own term.")]
public sealed record AmfObject : AmfValue, IEnumerable<KeyValuePair<string, AmfValue>>
{
    private readonly List<KeyValuePair<string, AmfValue>> _properties = [];

    /// <summary>True when it is written as an ECMA array (AMF0 2.10) and not as an object.</summary>
    public bool IsEcmaArray { get; init; }

    /// <summary>The class of a typed object; null for an anonymous one.</summary>
    public string? ClassName { get; init; }

    /// <summary>The properties, in order; a name may come twice.</summary>
    public IReadOnlyList<KeyValuePair<string, AmfValue>> Properties => _properties;

    /// <summary>The last value by that name, as a map would have it, or null when there is none.</summary>
    public AmfValue? this[string name]
    {
        get
        {
            for (var i = _properties.Count - 1; i >= 0; i--)
            {
                if (string.Equals(_properties[i].Key, name, StringComparison.Ordinal))
                    return _properties[i].Value;
            }

            return null;
        }
    }

    /// <summary>Adds a property at the end; for whoever builds the object, before it is handed on.</summary>
    public void Add(string name, AmfValue value) => _properties.Add(new(name, value));

    /// <summary>The text of a string property, or null when it is missing or no string.</summary>
    public string? Text(string name) => (this[name] as AmfString)?.Value;

    /// <summary>The number of a numeric property, or null when it is missing or no number.</summary>
    public double? Number(string name) => (this[name] as AmfNumber)?.Value;

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, AmfValue>> GetEnumerator() => _properties.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(AmfObject? other) =>
        other is not null && IsEcmaArray == other.IsEcmaArray && ClassName == other.ClassName && _properties.SequenceEqual(other._properties);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(IsEcmaArray, ClassName, _properties.Count);

    /// <summary>The names only: values may be credentials.</summary>
    public override string ToString() => $"{{{string.Join(", ", _properties.Select(property => property.Key))}}}";
}
