using IntegrityGate.Detection.Imaging;
using IntegrityGate.Detection.Models;

namespace IntegrityGate.Detection.Synthetic;

/// <summary>The buffers of one running look: pictures, the network's input and its output. Used by one look at a time.</summary>
internal sealed class ViewSlot : IDisposable
{
    /// <summary>Buffers for a model and a number of views.</summary>
    /// <param name="model">The model.</param>
    /// <param name="views">Number of views.</param>
    /// <param name="axes">Resize weights, shared.</param>
    /// <param name="sentinel">How many of the views can be run before the others; 0 when they only run together.</param>
    public ViewSlot(SyntheticFrameModel model, int views, ResizeAxisCache axes, int sentinel = 0)
    {
        Resizer = new BilinearResizer(axes);
        Tensor = new float[views * 3 * model.Input.Height * model.Input.Width];
        Logits = new float[views];
        All = new ViewBatch(model, Tensor, Logits, 0, views);
        if (sentinel > 0)
        {
            Sentinel = new ViewBatch(model, Tensor, Logits, 0, sentinel);
            Others = new ViewBatch(model, Tensor, Logits, sentinel, views - sentinel);
        }
    }

    /// <summary>Resizes.</summary>
    public BilinearResizer Resizer { get; }

    /// <summary>The frame at the size the model looks at.</summary>
    public RgbPicture Analysis { get; } = new();

    /// <summary>The whole frame, small: source of the resized views and of the fingerprint.</summary>
    public RgbPicture Global { get; } = new();

    /// <summary>The frame at the fingerprint's size.</summary>
    public RgbPicture Thumb { get; } = new();

    /// <summary>The views, planar and normalised, one after the other.</summary>
    public float[] Tensor { get; }

    /// <summary>One logit a view.</summary>
    public float[] Logits { get; }

    /// <summary>A run of all views.</summary>
    public ViewBatch All { get; }

    /// <summary>A run of the sentinel's views; null without a sentinel.</summary>
    public ViewBatch? Sentinel { get; }

    /// <summary>A run of the views that are not the sentinel's; null without a sentinel.</summary>
    public ViewBatch? Others { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        All.Dispose();
        Sentinel?.Dispose();
        Others?.Dispose();
        Analysis.Dispose();
        Global.Dispose();
        Thumb.Dispose();
    }
}
