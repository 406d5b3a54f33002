namespace IntegrityGate.Detection.Tests.Labels;

/// <summary>One drawn label of the test set.</summary>
public sealed record LabelCase
{
    /// <summary>Its words.</summary>
    public required string Words { get; init; }

    /// <summary>Font file.</summary>
    public required string Font { get; init; }

    /// <summary>Ink height of its tallest glyph as a share of the frame's short side.</summary>
    public required double HeightFraction { get; init; }

    /// <summary>0..1.</summary>
    public required double Opacity { get; init; }

    /// <summary>How it is set.</summary>
    public required LabelStyle Style { get; init; }

    /// <summary>Row or column.</summary>
    public required LabelLayout Layout { get; init; }

    /// <summary>Where it stands.</summary>
    public required LabelPlace Place { get; init; }

    /// <summary>Width of the outline on either side of the ink's edge, as a share of the height.</summary>
    public required double OutlineFraction { get; init; }

    /// <summary>Frame width, px.</summary>
    public required int Width { get; init; }

    /// <summary>Frame height, px.</summary>
    public required int Height { get; init; }

    /// <summary>x264's rate factor.</summary>
    public required int Crf { get; init; }

    /// <summary>Seed of the picture under it.</summary>
    public required int Picture { get; init; }

    /// <summary>The shorter side, px.</summary>
    public int ShortSide => Math.Min(Width, Height);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"{Width}x{Height} crf {Crf} {HeightFraction * 100:0.0} % {Style} {Layout} {Place} opacity {Opacity} outline {OutlineFraction:0.00} {Path.GetFileNameWithoutExtension(Font)} '{Words}'");
}
