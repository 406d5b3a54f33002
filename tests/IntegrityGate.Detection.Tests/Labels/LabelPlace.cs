namespace IntegrityGate.Detection.Tests.Labels;

/// <summary>Where a label stands: corners and the middles of the edges.</summary>
public enum LabelPlace
{
    TopLeft,
    Top,
    TopRight,
    Left,
    Right,
    BottomLeft,
    Bottom,
    BottomRight,
}
