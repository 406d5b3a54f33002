namespace IntegrityGate.Detection.Models;

/// <summary>A network's sound input: float32 [n, samples], -1 to 1, one channel.</summary>
/// <param name="Name">Name of the tensor.</param>
/// <param name="Samples">Samples of one cut, at <see cref="Core.Audio.AudioWindow.SampleRate"/>.</param>
public sealed record VoiceInput(string Name, int Samples);
