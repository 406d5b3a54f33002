namespace IntegrityGate.Looking.Scheduling;

/// <summary>What a look spends CPU time on.</summary>
internal enum LookStage
{
    /// <summary>The FFmpeg worker.</summary>
    Decode,

    /// <summary>The synthetic-frame detector.</summary>
    Synthetic,

    /// <summary>Reading the text.</summary>
    Text,

    /// <summary>The print of the picture, for loops and still pictures, and the search for logos.</summary>
    Print,

    /// <summary>Decoding a window of sound and listening to it.</summary>
    Audio,
}
