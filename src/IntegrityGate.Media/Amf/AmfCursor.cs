namespace IntegrityGate.Media.Amf;

/// <summary>Where a reader stands in a message, and what it may still build: what AMF0 and AMF3 have in common.</summary>
internal ref struct AmfCursor(ReadOnlySpan<byte> data, AmfLimits limits)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private readonly AmfLimits _limits = limits;
    private int _items;

    /// <summary>Bytes used so far.</summary>
    public int Position { get; private set; }

    /// <summary>The first failure; a cursor that failed gives nothing more.</summary>
    public string? Error { get; private set; }

    /// <summary>The name of the limit that was gone over, in the terms of <see cref="AmfLimits"/>; null when none was.</summary>
    public string? BreachedLimit { get; private set; }

    /// <summary>The bytes not used yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _data[Position..];

    /// <summary>Uses the next bytes.</summary>
    public bool Take(int count, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (count > _data.Length - Position)
            return Fail($"a value ends beyond the message at byte {_data.Length}");
        bytes = _data.Slice(Position, count);
        Position += count;
        return true;
    }

    /// <summary>Uses the next bytes as a string or a byte array of the length that the peer declared.</summary>
    public bool TakeText(uint length, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        return length <= _limits.MaxStringBytes
            ? Take((int)length, out bytes)
            : Breach(nameof(AmfLimits.MaxStringBytes), $"a string of {length} bytes is over the limit of {_limits.MaxStringBytes}");
    }

    /// <summary>Counts one more value at a depth.</summary>
    public bool Count(int depth)
    {
        if (depth > _limits.MaxDepth)
            return Breach(nameof(AmfLimits.MaxDepth), $"values are nested deeper than {_limits.MaxDepth}");
        return ++_items <= _limits.MaxItems || Breach(nameof(AmfLimits.MaxItems), $"a message of more than {_limits.MaxItems} values");
    }

    /// <summary>Says what is wrong with the message; always false.</summary>
    public bool Fail(string reason)
    {
        Error ??= reason;
        return false;
    }

    private bool Breach(string limit, string reason)
    {
        BreachedLimit = limit;
        return Fail(reason);
    }
}
