using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Core.Incidents;

/// <summary>One piece of evidence as an incident keeps it: enough to answer an appeal without the stream.</summary>
/// <param name="Kind"><c>claim</c>, <c>synthetic</c>, <c>sample</c>, <c>text</c>, <c>logo</c>, <c>audio</c>, <c>voice</c>, <c>gap</c>, <c>loop</c> or <c>review</c>.</param>
/// <param name="At">Media time.</param>
/// <param name="Text">For people: what was claimed, read, scored.</param>
/// <param name="Score">The statistic that was compared (a mean score), or null.</param>
/// <param name="Threshold">What it was compared with, or null.</param>
/// <param name="Samples">How many independent samples stand behind the score.</param>
/// <param name="Model">The model, or null.</param>
/// <param name="Box">Where on the frame, or null.</param>
/// <param name="GlyphHeight">Height of the tallest glyph, px, or null.</param>
public sealed record IncidentFact(
    string Kind,
    MediaTime At,
    string Text,
    double? Score = null,
    double? Threshold = null,
    int Samples = 0,
    ModelReference? Model = null,
    PixelBox? Box = null,
    double? GlyphHeight = null);
