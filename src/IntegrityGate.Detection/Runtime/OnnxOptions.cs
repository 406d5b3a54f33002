namespace IntegrityGate.Detection.Runtime;

/// <summary>How ONNX sessions run.</summary>
public sealed record OnnxOptions
{
    /// <summary>
    /// Threads inside one run; default 1. The gate looks at many streams: one frame a core costs less CPU in all than one frame
    /// split over cores, and a look can never take every core from forwarding.
    /// </summary>
    public int IntraOpThreads { get; init; } = 1;

    /// <summary>Notes what is wrong, each with its path.</summary>
    public void Validate(string path, ICollection<string> errors)
    {
        if (IntraOpThreads is < 1 or > 64)
            errors.Add($"{path}.intraOpThreads: is {IntraOpThreads}, must be 1 to 64");
    }
}
