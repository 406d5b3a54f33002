namespace IntegrityGate.Detection.Runtime;

/// <summary>How ONNX sessions run.</summary>
public sealed record OnnxOptions
{
    /// <summary>What the networks run on; default the processor, the only one that every build has.</summary>
    public ExecutionProvider Provider { get; init; } = ExecutionProvider.Cpu;

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
        if (ExecutionProviders.Refuse(Provider) is { } refusal)
            errors.Add($"{path}.provider: {refusal}");
    }
}
