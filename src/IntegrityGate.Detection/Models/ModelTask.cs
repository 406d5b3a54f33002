namespace IntegrityGate.Detection.Models;

/// <summary>What a model pack is for: <c>task</c> in its model.json.</summary>
public enum ModelTask
{
    /// <summary><c>synthetic-frame</c>: scores one frame as synthetic or not.</summary>
    SyntheticFrame,

    /// <summary><c>text-reader</c>: finds and reads the text on a frame.</summary>
    TextReader,
}
