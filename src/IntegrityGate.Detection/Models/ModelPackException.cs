namespace IntegrityGate.Detection.Models;

/// <summary>One or more model packs were refused. The message holds every reason, one a line, each with its file and JSON path.</summary>
public sealed class ModelPackException : Exception
{
    /// <summary>Refuses for these reasons.</summary>
    public ModelPackException(IReadOnlyList<string> errors)
        : base(string.Join(Environment.NewLine, errors)) => Errors = errors;

    /// <summary>The reasons, such as <c>models/frame-v1/model.json: files.fp32.sha256: …</c>.</summary>
    public IReadOnlyList<string> Errors { get; }
}
