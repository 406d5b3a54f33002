namespace IntegrityGate.Detection.Tests.Support;

/// <summary>How a label is set.</summary>
public enum LabelStyle
{
    /// <summary>White on a black plate; both take the opacity.</summary>
    Plate,

    /// <summary>Black on a white plate; both take the opacity.</summary>
    LightPlate,

    /// <summary>White with a black outline, no plate.</summary>
    Outline,

    /// <summary>White straight on the picture.</summary>
    Bare,
}
