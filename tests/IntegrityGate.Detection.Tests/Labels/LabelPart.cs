namespace IntegrityGate.Detection.Tests.Labels;

/// <summary>A part of the label set.</summary>
public enum LabelPart
{
    /// <summary>What the reader may be tuned on.</summary>
    Tuning,

    /// <summary>What is only measured; figures are quoted from here.</summary>
    HeldOut,
}
