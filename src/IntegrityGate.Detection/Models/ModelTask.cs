namespace IntegrityGate.Detection.Models;

/// <summary>What a model pack is for: <c>task</c> in its model.json.</summary>
public enum ModelTask
{
    /// <summary><c>synthetic-frame</c>: scores one frame as synthetic or not.</summary>
    SyntheticFrame,

    /// <summary><c>synthetic-voice</c>: scores a stretch of speech as synthetic or not.</summary>
    SyntheticVoice,

    /// <summary><c>text-reader</c>: finds and reads the text on a frame.</summary>
    TextReader,
}
