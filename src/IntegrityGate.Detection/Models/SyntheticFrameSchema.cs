using System.Globalization;
using IntegrityGate.Core.Evidence;

namespace IntegrityGate.Detection.Models;

/// <summary>The fields of a <c>synthetic-frame</c> model.json; their meaning stands in models/README.md.</summary>
internal static class SyntheticFrameSchema
{
    /// <summary>Most views a model may ask for: 16. Four times what frame-v1 takes; each costs a run of the network a frame.</summary>
    private const int MaxViews = 16;

    private static readonly string[] Variants = ["fp32", "int8"];

    /// <summary>Reads the pack; errors are noted in the fields.</summary>
    public static ModelPack Read(JsonFields fields, PackHeader header)
    {
        header.CheckFiles([], Variants);
        if (header.Files.Count == 0 && fields.Has("files"))
            fields.Error("files", "must name fp32, int8 or both");
        var frame = fields.Object("analysisFrame");
        var shortSideMax = frame.Integer("shortSideMax", 32, 4320);
        var shortSideMin = frame.Integer("shortSideMin", 32, Math.Max(shortSideMax, 32));
        frame.OneOf("resize", "bilinear, antialiased");
        var input = ReadInput(fields.Object("input"));
        if (shortSideMin < Math.Max(input.Width, input.Height))
            frame.Error("shortSideMin", $"is {shortSideMin}, under the input's {Math.Max(input.Width, input.Height)} px: a view would not fit");
        var output = fields.Object("output");
        var outputName = output.Text("name");
        if (!output.Flag("perView"))
            output.Error("perView", "must be true: one logit a view");
        output.OneOf("frameScore", "mean of the views");
        var calibration = fields.Object("calibration");
        var levels = fields.Object("levels");
        var review = levels.Number("review");
        var views = ReadViews(fields, Math.Max(input.Width, input.Height));
        return new SyntheticFrameModel(header.Name, header.Version, header.Licence, header.DocumentPath, header.Files)
        {
            Input = input,
            ShortSideMax = shortSideMax,
            ShortSideMin = shortSideMin,
            Views = views,
            OutputName = outputName,
            Calibration = new Calibration(calibration.Number("a", 1e-6), calibration.Number("b")),
            MinMeanChroma = fields.Has("scope") ? fields.Object("scope").Number("minMeanChroma", 0, 255) : 0,
            // A stamp level under the review level would stamp streams that nobody is asked to review.
            Levels = new DetectorLevels(review, levels.Number("stamp", review)),
            Sentinel = fields.Has("cascade") ? ReadSentinel(fields.Object("cascade"), views.Count) : null,
            Selftest = ReadSelftest(fields.Object("selftest"), header, views.Count),
        };
    }

    private static Sentinel ReadSentinel(JsonFields cascade, int views)
    {
        var sentinel = new Sentinel(cascade.Integer("sentinelViews", 1, MaxViews), cascade.Number("margin", 0, 100));
        if (sentinel.Views >= views)
            cascade.Error("sentinelViews", $"is {sentinel.Views}, must be fewer than the {views} views");
        return sentinel;
    }

    private static ImageInput ReadInput(JsonFields input)
    {
        var name = input.Text("name");
        input.OneOf("elementType", "float32");
        input.OneOf("layout", "NCHW");
        var colour = input.OneOf("colour", "RGB", "BGR");
        if (!input.Flag("dynamicBatch"))
            input.Error("dynamicBatch", "must be true: a frame's views run as one batch");
        var mean = input.Number("mean", -255, 510);
        var std = input.Number("std", 1e-3, 1e6);
        var range = input.Numbers("range", 2, 2);
        if (range is [not 0, _] or [_, not 255])
            input.Error("range", "must be [0, 255]: mean and std are taken on 8-bit values");
        return new ImageInput(name, colour == "BGR", input.Integer("width", 16, 2048), input.Integer("height", 16, 2048), [mean, mean, mean], [std, std, std]);
    }

    private static List<FrameView> ReadViews(JsonFields fields, int side)
    {
        var views = new List<FrameView>();
        foreach (var view in fields.Objects("views", 1, MaxViews))
        {
            var resized = view.OneOf("source", "resized", "analysisFrame") == "resized";
            var shortSide = resized ? view.Integer("shortSide", side, Math.Max(side, 4320)) : (int?)null;
            views.Add(new FrameView(view.Text("name"), shortSide, ReadAnchor(view)));
        }

        // Each short side costs a resize of the whole frame.
        if (views.Select(v => v.ShortSide).OfType<int>().Distinct().Count() > 1)
            fields.Error("views", "resized views must share one shortSide");
        return views;
    }

    private static double ReadAnchor(JsonFields view)
    {
        const string FreeRange = " of the free range of the long axis";
        var anchor = view.Text("anchor");
        switch (anchor)
        {
            case "start of the long axis":
                return 0;
            case "centre of the long axis":
                return 0.5;
            case "end of the long axis":
                return 1;
        }

        if (anchor.EndsWith(FreeRange, StringComparison.Ordinal)
            && anchor[..^FreeRange.Length].Split('/') is [var over, var under]
            && int.TryParse(over, NumberStyles.None, CultureInfo.InvariantCulture, out var numerator)
            && int.TryParse(under, NumberStyles.None, CultureInfo.InvariantCulture, out var denominator)
            && denominator > 0 && numerator <= denominator)
            return (double)numerator / denominator;
        if (anchor.Length > 0)
            view.Error("anchor", $"is '{anchor}', must be start, centre or end of the long axis, or n/m{FreeRange}");
        return 0;
    }

    private static Dictionary<string, SelftestExpectation> ReadSelftest(JsonFields selftest, PackHeader header, int views)
    {
        var tolerances = selftest.Object("tolerance");
        var frameTolerance = tolerances.Number("frame", 1e-6, 10);
        var expected = selftest.Object("expected");
        var result = new Dictionary<string, SelftestExpectation>(StringComparer.Ordinal);
        foreach (var variant in Variants.Where(header.Files.ContainsKey))
        {
            var values = expected.Object(variant);
            var tolerance = tolerances.Number(variant, 1e-6, 10);
            // int8 deviates more than the frame's tolerance allows fp32 to.
            result[variant] = new SelftestExpectation(
                values.Numbers("inputs", 1, 64), tolerance, values.Numbers("frame", Math.Max(views, 1), Math.Max(views, 1)), Math.Max(tolerance, frameTolerance));
        }

        return result;
    }
}
