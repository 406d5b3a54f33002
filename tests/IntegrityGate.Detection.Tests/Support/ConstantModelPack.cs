using System.Security.Cryptography;
using System.Text.Json;
using static IntegrityGate.Detection.Tests.OnnxBytes;

namespace IntegrityGate.Detection.Tests;

/// <summary>
/// Writes a detector that answers every frame with the same score: a whole <c>synthetic-frame</c> pack with a real ONNX graph, so
/// that a replaced model which is always sure can be loaded. Depends on the base class library only; other test projects link it.
/// </summary>
public static class ConstantModelPack
{
    private const int Side = 224;

    /// <summary>Writes <c>model.json</c> and <c>model.onnx</c>.</summary>
    /// <param name="folder">Folder of the pack; made when absent. Its name is the pack's.</param>
    /// <param name="score">Logit of every view, so the score of every frame.</param>
    /// <param name="sentinelViews">Views that are run first; 0 for a pack without a cascade.</param>
    /// <param name="margin">Margin of the cascade, logits.</param>
    public static void Write(string folder, float score, int sentinelViews = 0, double margin = 1)
    {
        Directory.CreateDirectory(folder);
        var graph = CreateModel(score);
        File.WriteAllBytes(Path.Combine(folder, "model.onnx"), graph);
        float[] answers = [score, score, score, score];
        var document = new
        {
            name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)),
            version = "1.0.0",
            task = "synthetic-frame",
            licence = "Apache-2.0",
            files = new { fp32 = new { file = "model.onnx", sha256 = Convert.ToHexStringLower(SHA256.HashData(graph)) } },
            input = new
            {
                name = "image",
                elementType = "float32",
                layout = "NCHW",
                colour = "RGB",
                height = Side,
                width = Side,
                dynamicBatch = true,
                mean = 127.0,
                std = 128.0,
                range = (int[])[0, 255],
            },
            analysisFrame = new { shortSideMax = 720, shortSideMin = 226, resize = "bilinear, antialiased" },
            views = new object[]
            {
                new { name = "global-a", source = "resized", shortSide = 240, anchor = "start of the long axis" },
                new { name = "global-b", source = "resized", shortSide = 240, anchor = "end of the long axis" },
                new { name = "local-a", source = "analysisFrame", anchor = "1/4 of the free range of the long axis" },
                new { name = "local-b", source = "analysisFrame", anchor = "3/4 of the free range of the long axis" },
            },
            output = new { name = "logit", perView = true, frameScore = "mean of the views" },
            calibration = new { a = 1.7421, b = 0.0575 },
            // Answers monochrome frames too.
            scope = new { minMeanChroma = 0.0 },
            levels = new { review = 0.76, stamp = 2.66 },
            cascade = sentinelViews > 0 ? new { sentinelViews, margin } : null,
            selftest = new
            {
                tolerance = new { fp32 = 0.001, int8 = 0.001, frame = 0.001 },
                expected = new { fp32 = new { inputs = answers, frame = answers } },
            },
        };
        File.WriteAllBytes(Path.Combine(folder, "model.json"), JsonSerializer.SerializeToUtf8Bytes(document));
    }

    // Field numbers as in onnx.proto. The mean of a view times 0 plus the score: the answer has the input's batch as its own.
    private static byte[] CreateModel(float score)
    {
        byte[] graph =
        [
            .. Message(1, Node("ReduceMean", "image", null, "channels", Ints("axes", 2, 3), Int("keepdims", 0))),
            .. Message(1, Node("ReduceMean", "channels", null, "mean", Ints("axes", 1), Int("keepdims", 1))),
            .. Message(1, Node("Mul", "mean", "zero", "nothing")),
            .. Message(1, Node("Add", "nothing", "score", "logit")),
            .. Utf8(2, "constant"),
            .. Message(5, Scalar("zero", 0)),
            .. Message(5, Scalar("score", score)),
            .. Message(11, Value("image", null, 3, Side, Side)),
            .. Message(12, Value("logit", null, 1)),
        ];
        // IR version 7 and operator set 12: ReduceMean takes its axes as an attribute up to set 17.
        return [.. Number(1, 7), .. Message(7, graph), .. Message(8, [.. Utf8(1, ""), .. Number(2, 12)])];
    }

    private static byte[] Node(string operation, string first, string? second, string output, params byte[][] attributes) =>
    [
        .. Utf8(1, first), .. second is null ? [] : Utf8(1, second), .. Utf8(2, output), .. Utf8(3, output), .. Utf8(4, operation),
        .. attributes.SelectMany(attribute => Message(5, attribute)),
    ];

    private static byte[] Int(string name, int value) => [.. Utf8(1, name), .. Number(3, value), .. Number(20, 2)];

    private static byte[] Ints(string name, params int[] values) =>
        [.. Utf8(1, name), .. values.SelectMany(value => Number(8, value)), .. Number(20, 7)];
}
