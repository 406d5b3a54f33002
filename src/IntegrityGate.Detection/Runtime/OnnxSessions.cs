using IntegrityGate.Detection.Models;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace IntegrityGate.Detection.Runtime;

/// <summary>Opens ONNX sessions for verified files and checks that the graph has the tensors that model.json names.</summary>
internal static class OnnxSessions
{
    /// <summary>Opens a session.</summary>
    /// <param name="pack">The pack, for error messages.</param>
    /// <param name="file">The weights; read once, checked against their hash.</param>
    /// <param name="input">The picture input.</param>
    /// <param name="output">Name of the output.</param>
    /// <param name="options">Execution provider and threads.</param>
    /// <exception cref="ModelPackException">The file is wrong, no ONNX model, or has other tensors.</exception>
    public static InferenceSession Open(ModelPack pack, ModelFile file, ImageInput input, string output, OnnxOptions options) =>
        Open(pack, file, new TensorInput(input.Name, $"[n, 3, {Side(input.Height)}, {Side(input.Width)}]", dimensions => Fits(dimensions, input)), output, options);

    /// <summary>Opens a session whose network takes something other than a picture; the rest as for pictures.</summary>
    public static InferenceSession Open(ModelPack pack, ModelFile file, TensorInput input, string output, OnnxOptions options)
    {
        using var settings = new SessionOptions
        {
            IntraOpNumThreads = options.IntraOpThreads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        // Spinning threads burn the cores that forwarding needs, between frames too.
        settings.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        settings.AddSessionConfigEntry("session.inter_op.allow_spinning", "0");
        InferenceSession? session = null;
        try
        {
            ExecutionProviders.Append(settings, options.Provider);
            session = new InferenceSession(file.ReadVerified(), settings);
            Check(pack, file, session, input, output);
            return session;
        }
        catch (OnnxRuntimeException e)
        {
            session?.Dispose();
            throw new ModelPackException([$"{pack.DocumentPath}: files.{file.Key}: {file.Path} is no model this runtime can run on {options.Provider}: {e.Message}"]);
        }
        catch (ModelPackException)
        {
            session?.Dispose();
            throw;
        }
    }

    private static void Check(ModelPack pack, ModelFile file, InferenceSession session, TensorInput input, string output)
    {
        var errors = new List<string>();
        var where = $"{pack.DocumentPath}: files.{file.Key}: {file.Path}";
        if (!session.InputMetadata.TryGetValue(input.Name, out var metadata) || session.InputMetadata.Count != 1)
            errors.Add($"{where} has the inputs {string.Join(", ", session.InputMetadata.Keys)}; model.json names {input.Name}");
        else if (metadata.ElementDataType != TensorElementType.Float || !input.Fits(metadata.Dimensions))
            errors.Add($"{where} takes {metadata.ElementDataType} [{string.Join(", ", metadata.Dimensions)}]; model.json says float32 {input.Shape}");
        if (!session.OutputMetadata.TryGetValue(output, out var answer))
            errors.Add($"{where} has the outputs {string.Join(", ", session.OutputMetadata.Keys)}; model.json names {output}");
        else if (answer.ElementDataType != TensorElementType.Float)
            errors.Add($"{where} answers {answer.ElementDataType}, must be float32");
        if (errors.Count > 0)
            throw new ModelPackException(errors);
    }

    // A dimension of -1 is free.
    private static bool Fits(int[] dimensions, ImageInput input) =>
        dimensions is [-1, -1 or 3, var height, var width] && Side(height, input.Height) && Side(width, input.Width);

    private static bool Side(int actual, int wanted) => actual == -1 || actual == wanted;

    private static string Side(int side) => side == 0 ? "any" : $"{side}";
}
