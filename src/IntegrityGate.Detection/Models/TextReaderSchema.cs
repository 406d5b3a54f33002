namespace IntegrityGate.Detection.Models;

/// <summary>The fields of a <c>text-reader</c> model.json; their meaning stands in models/README.md.</summary>
internal static class TextReaderSchema
{
    /// <summary>Reads the pack; errors are noted in the fields.</summary>
    public static ModelPack Read(JsonFields fields, PackHeader header)
    {
        header.CheckFiles(["detection", "recognition", "dictionary"], []);
        var detection = fields.Object("detection");
        var recognition = fields.Object("recognition");
        return new TextReaderModel(header.Name, header.Version, header.Licence, header.DocumentPath, header.Files)
        {
            DetectionInput = ReadInput(detection.Object("input"), 0),
            DetectionOutput = detection.Text("output"),
            SizeMultiple = detection.Integer("sizeMultiple", 1, 128),
            BinaryThreshold = detection.Number("binaryThreshold", 0.01, 0.99),
            BoxThreshold = detection.Number("boxThreshold", 0.01, 0.99),
            UnclipRatio = detection.Number("unclipRatio", 0, 5),
            RecognitionInput = ReadInput(recognition.Object("input"), 256),
            RecognitionOutput = recognition.Text("output"),
            BlankIndex = recognition.Integer("blankIndex", 0, 0),
            AppendSpace = recognition.Flag("appendSpace"),
            MinConfidence = recognition.Number("minConfidence", 0, 1),
        };
    }

    private static ImageInput ReadInput(JsonFields input, int maxHeight)
    {
        var name = input.Text("name");
        input.OneOf("elementType", "float32");
        input.OneOf("layout", "NCHW");
        var colour = input.OneOf("colour", "RGB", "BGR");
        var height = maxHeight > 0 ? input.Integer("height", 16, maxHeight) : 0;
        var mean = input.Numbers("mean", 3, 3, -255, 510);
        var std = input.Numbers("std", 3, 3, 1e-3, 1e6);
        return new ImageInput(name, colour == "BGR", 0, height, mean, std);
    }
}
