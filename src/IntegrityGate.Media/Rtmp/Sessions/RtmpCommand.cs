using IntegrityGate.Media.Amf;

namespace IntegrityGate.Media.Rtmp.Sessions;

/// <summary>A command message: name, transaction, command object and arguments (RTMP 1.0, 7.2).</summary>
internal sealed record RtmpCommand(string Name, double Transaction, AmfValue Properties, IReadOnlyList<AmfValue> Arguments)
{
    /// <summary>The command object, or an empty one.</summary>
    public AmfObject Object => Properties as AmfObject ?? [];

    /// <summary>The text of an argument, counted behind the command object; empty when missing or no string.</summary>
    public string TextAt(int index) => index < Arguments.Count && Arguments[index] is AmfString text ? text.Value : "";

    /// <summary>The number of an argument, or null.</summary>
    public double? NumberAt(int index) => index < Arguments.Count && Arguments[index] is AmfNumber number ? number.Value : null;

    /// <summary>The truth of an argument, or null.</summary>
    public bool? TruthAt(int index) => index < Arguments.Count && Arguments[index] is AmfBoolean truth ? truth.Value : null;

    /// <summary>The information object of a status or result: the last argument that is an object.</summary>
    public AmfObject Information => Arguments.OfType<AmfObject>().LastOrDefault() ?? [];

    /// <summary>Reads a command. Damage cuts its tail off; only a command without a name, or over a limit, is none.</summary>
    /// <param name="body">The message body, of type 20 or 17.</param>
    /// <param name="limits">What may be built.</param>
    /// <param name="command">The command.</param>
    /// <param name="breachedLimit">The limit that was gone over, in the terms of <see cref="AmfLimits"/>.</param>
    public static bool TryRead(ReadOnlySpan<byte> body, AmfLimits limits, out RtmpCommand? command, out string? breachedLimit)
    {
        command = null;

        // Type 17 starts with a format selector of zero before AMF0 values (E-RTMP v2, "AMF3-encoded Historical Specification
        // Clarification"); some encoders send that byte with type 20 too (SRS issue 681). A name cannot start with a number's marker.
        if (body is [0, Amf0Marker.String or Amf0Marker.AvmPlus, ..])
            body = body[1..];
        var reader = new Amf0Reader(body, limits);
        reader.Read(out var name);
        breachedLimit = reader.BreachedLimit;
        if (name is not AmfString { Value: var text })
            return false;

        var values = new List<AmfValue>();
        AmfReadStatus status;
        while ((status = reader.Read(out var value)) == AmfReadStatus.Ok)
            values.Add(value);
        breachedLimit = reader.BreachedLimit;
        if (breachedLimit is not null)
            return false;
        if (status == AmfReadStatus.Malformed)
        {
            RtmpTelemetry.Ignored("damaged-command-tail");
            Amf0Tail(body, limits, values);
        }

        var transaction = values.Count > 0 && values[0] is AmfNumber number ? number.Value : 0;
        var properties = values.Count > 1 ? values[1] : AmfNull.Value;
        command = new RtmpCommand(text, transaction, properties, values.Count > 2 ? values[2..] : []);
        return true;
    }

    // The part of a damaged value that came before the damage counts: a connect object without its end is still a connect.
    private static void Amf0Tail(ReadOnlySpan<byte> body, AmfLimits limits, List<AmfValue> values)
    {
        var reader = new Amf0Reader(body, limits);
        AmfValue last;
        while (reader.Read(out last) == AmfReadStatus.Ok)
        {
        }

        if (last is AmfObject)
            values.Add(last);
    }
}
