namespace IntegrityGate.Media.Tests.H264;

/// <summary>Tests that start ffmpeg run one after the other and beside nothing else: they count this program's child processes.</summary>
[CollectionDefinition("ffmpeg", DisableParallelization = true)]
public sealed class FfmpegCollection;
