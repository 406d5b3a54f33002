using IntegrityGate.Detection.Imaging;
using IntegrityGate.Detection.Models;
using Microsoft.ML.OnnxRuntime;

namespace IntegrityGate.Detection.Synthetic;

/// <summary>The buffers of one running look: pictures, the network's input and its output. Used by one look at a time.</summary>
internal sealed class ViewSlot : IDisposable
{
    /// <summary>Buffers for a model and a number of views.</summary>
    public ViewSlot(SyntheticFrameModel model, int views, ResizeAxisCache axes)
    {
        Resizer = new BilinearResizer(axes);
        Tensor = new float[views * 3 * model.Input.Height * model.Input.Width];
        Logits = new float[views];
        Input = OrtValue.CreateTensorValueFromMemory(Tensor, [views, 3, model.Input.Height, model.Input.Width]);
        Output = OrtValue.CreateTensorValueFromMemory(Logits, [views, 1]);
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

    /// <summary><see cref="Tensor"/> as the runtime sees it.</summary>
    public OrtValue Input { get; }

    /// <summary><see cref="Logits"/> as the runtime sees it.</summary>
    public OrtValue Output { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Input.Dispose();
        Output.Dispose();
        Analysis.Dispose();
        Global.Dispose();
        Thumb.Dispose();
    }
}
