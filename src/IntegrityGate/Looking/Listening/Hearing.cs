using IntegrityGate.Detection.Audio;
using IntegrityGate.Media.Decoding.Audio;

namespace IntegrityGate.Looking.Listening;

/// <summary>What all streams listen with.</summary>
/// <param name="decoder">Decodes.</param>
/// <param name="listener">Listens.</param>
internal sealed class Hearing(AudioDecoder decoder, AudioListener listener) : IAsyncDisposable
{
    /// <summary>Decodes windows of sound.</summary>
    public AudioDecoder Decoder => decoder;

    /// <summary>Listens to them.</summary>
    public AudioListener Listener => listener;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await decoder.DisposeAsync();
        listener.Dispose();
    }
}
