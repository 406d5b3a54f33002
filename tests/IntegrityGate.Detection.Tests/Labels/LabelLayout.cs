namespace IntegrityGate.Detection.Tests.Labels;

/// <summary>How a label's characters follow each other.</summary>
public enum LabelLayout
{
    /// <summary>From left to right.</summary>
    Row,

    /// <summary>From left to right, all but the first word in capitals of 0.78 of the height.</summary>
    SmallCapitals,

    /// <summary>From top to bottom, each character upright.</summary>
    Column,
}
