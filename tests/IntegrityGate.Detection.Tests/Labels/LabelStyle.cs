namespace IntegrityGate.Detection.Tests.Labels;

/// <summary>How a label is set.</summary>
public enum LabelStyle
{
    /// <summary>White on a black plate; both take the opacity.</summary>
    Plate,

    /// <summary>Black on a white plate; both take the opacity.</summary>
    LightPlate,

    /// <summary>White on a black plate of half its opacity, through which the picture shows.</summary>
    Veil,

    /// <summary>White with a black outline, no plate.</summary>
    Outline,

    /// <summary>A coloured fill with an outline of another colour, no plate.</summary>
    ColouredOutline,

    /// <summary>Black with a white outline, no plate.</summary>
    DarkOutline,

    /// <summary>White with a soft black shadow to the lower right, no plate.</summary>
    Shadow,

    /// <summary>White straight on the picture.</summary>
    Bare,
}
