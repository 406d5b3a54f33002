using IntegrityGate.Core.Judging;

namespace IntegrityGate.Core.Labels;

/// <summary>Draws labels: the seam between the splice, which knows the picture's size, and the room that knows the rules and the fonts.</summary>
public interface ILabelPainter
{
    /// <summary>Draws the label for a picture size.</summary>
    /// <param name="directive">Wording, height, corner.</param>
    /// <param name="width">Picture width, px.</param>
    /// <param name="height">Picture height, px.</param>
    /// <returns>The label and where it goes.</returns>
    /// <exception cref="InvalidOperationException">The label does not fit the picture or a glyph is missing from every font.</exception>
    LabelImage Paint(StampDirective directive, int width, int height);
}
