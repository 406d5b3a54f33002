using IntegrityGate.Detection.Imaging;
using IntegrityGate.Detection.Models;

namespace IntegrityGate.Detection.Synthetic;

/// <summary>
/// Cuts a frame into a model's views, as models/README.md has it: shrink to the analysis frame, resize that once for the global
/// views, crop, normalise into the network's planes.
/// </summary>
internal sealed class ViewCutter(SyntheticFrameModel model)
{
    private readonly PlanarNormaliser _normaliser = new([.. model.Input.Mean], [.. model.Input.Std], model.Input.Reversed);
    private readonly int? _globalShortSide = model.Views.Select(v => v.ShortSide).FirstOrDefault(s => s is not null);

    /// <summary>Cuts a frame into a slot's tensor.</summary>
    /// <param name="pixels">Interleaved RGB.</param>
    /// <param name="width">Frame width, px.</param>
    /// <param name="height">Frame height, px.</param>
    /// <param name="slot">Buffers; its tensor receives the views.</param>
    public CutViews Cut(ReadOnlySpan<byte> pixels, int width, int height, ViewSlot slot)
    {
        var shortSide = Math.Min(width, height);
        var analysisSide = Math.Clamp(shortSide, model.ShortSideMin, model.ShortSideMax);
        var analysisWidth = width;
        var analysisHeight = height;
        var analysis = pixels;
        if (analysisSide != shortSide)
        {
            (analysisWidth, analysisHeight) = Scale(width, height, analysisSide);
            slot.Resizer.Resize(pixels, width, height, slot.Analysis, analysisWidth, analysisHeight);
            analysis = slot.Analysis.Pixels;
        }

        var globalWidth = analysisWidth;
        var globalHeight = analysisHeight;
        var global = analysis;
        if (_globalShortSide is { } side)
        {
            (globalWidth, globalHeight) = Scale(analysisWidth, analysisHeight, side);
            slot.Resizer.Resize(analysis, analysisWidth, analysisHeight, slot.Global, globalWidth, globalHeight);
            global = slot.Global.Pixels;
        }

        var viewLength = slot.Tensor.Length / model.Views.Count;
        double chroma = 0;
        var chromaViews = 0;
        for (var i = 0; i < model.Views.Count; i++)
        {
            var view = model.Views[i];
            var planes = slot.Tensor.AsSpan(i * viewLength, viewLength);
            if (view.ShortSide is null)
                Write(analysis, analysisWidth, analysisHeight, view.Position, planes);
            else
                Write(global, globalWidth, globalHeight, view.Position, planes);
            if (view.ShortSide is not null || _globalShortSide is null)
            {
                chroma += Chroma.MeanDistance(planes, model.Input);
                chromaViews++;
            }
        }

        var fingerprint = Fingerprint.Of(global, globalWidth, globalHeight, slot.Resizer, slot.Thumb);
        return new CutViews(chroma / chromaViews, fingerprint, shortSide < model.ShortSideMin);
    }

    private void Write(ReadOnlySpan<byte> picture, int width, int height, double position, Span<float> planes)
    {
        var freeX = width - model.Input.Width;
        var freeY = height - model.Input.Height;
        var x = width >= height ? Place(freeX, position) : freeX / 2;
        var y = width >= height ? freeY / 2 : Place(freeY, position);
        _normaliser.Write(picture, width, x, y, model.Input.Width, model.Input.Height, planes, model.Input.Width, model.Input.Height);
    }

    private static int Place(int free, double position) => (int)Math.Round(free * position, MidpointRounding.ToEven);

    private static (int Width, int Height) Scale(int width, int height, int shortSide) => width <= height
        ? (shortSide, (int)Math.Round((double)height * shortSide / width, MidpointRounding.ToEven))
        : ((int)Math.Round((double)width * shortSide / height, MidpointRounding.ToEven), shortSide);
}
