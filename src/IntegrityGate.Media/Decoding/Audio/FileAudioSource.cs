using System.Runtime.CompilerServices;
using IntegrityGate.Core.Audio;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Time;
using IntegrityGate.Media.Ffmpeg;

namespace IntegrityGate.Media.Decoding.Audio;

/// <summary>Reads the sound of a file or URL in any container and codec that ffmpeg reads, as fast as it goes.</summary>
/// <param name="ffmpegFolder">Folder of the ffmpeg program; empty for the search path.</param>
public sealed class FileAudioSource(string ffmpegFolder = "")
{
    /// <summary>
    /// Reads all of it in windows; the last may be shorter. The process runs no further ahead than its pipe holds. The caller owns each window.
    /// </summary>
    /// <param name="input">File or URL.</param>
    /// <param name="window">Length of a window.</param>
    /// <param name="overlap">How much of a window the next one begins with, under its length.</param>
    /// <param name="ct">Ends the reading and the process.</param>
    /// <exception cref="MediaUnreadableException">It cannot be read, or holds no sound.</exception>
    public async IAsyncEnumerable<AudioWindow> ReadAsync(string input, TimeSpan window, TimeSpan overlap, [EnumeratorCancellation] CancellationToken ct)
    {
        var media = MediaInput.Read(input);
        var cutter = new WindowCutter(Samples(window), Samples(overlap));
        await using var process = FfmpegProcess.Start(new FfmpegRun
        {
            InputOptions = $"-hide_banner -nostdin -nostats -v error -protocol_whitelist {media.Protocols} -copyts" + (media.IsUrl ? FileFrameSource.UrlOptions : ""),
            Input = media.Name,
            OutputOptions = PcmStream.OutputOptions,
            OutputFormat = PcmStream.OutputFormat,
            Folder = ffmpegFolder,
        });
        PcmStream? pcm = null;
        while (true)
        {
            MediaPacket? packet;
            try
            {
                pcm ??= new PcmStream(await process.Output.Opened.WaitAsync(ct).ConfigureAwait(false));
                packet = await pcm.NextAsync(ct).ConfigureAwait(false);
            }
            catch (Exception error) when ((error is IOException or ObjectDisposedException or OperationCanceledException) && !ct.IsCancellationRequested)
            {
                process.Kill();
                await process.Exit.WaitAsync(ct).ConfigureAwait(false);
                throw new MediaUnreadableException(process.Complaints.Length > 0 ? media.Redact(process.Complaints) : error.Message, error);
            }

            if (packet is null)
                break;
            cutter.Add(packet);
            packet.Release();
            while (cutter.Take() is { } full)
                yield return full;
        }

        if (await process.Exit.WaitAsync(ct).ConfigureAwait(false) is var code and not 0)
            throw new MediaUnreadableException($"ffmpeg ended with code {code}: {media.Redact(process.Complaints)}");
        if (cutter.TakeRest() is { } rest)
            yield return rest;
    }

    private static int Samples(TimeSpan span) => (int)(span.TotalSeconds * AudioWindow.SampleRate);

    /// <summary>Cuts a run of samples into windows.</summary>
    private sealed class WindowCutter(int length, int overlap)
    {
        private readonly float[] _samples = new float[length + AudioWindow.SampleRate];
        private MediaTime? _begin;
        private long _passed;
        private int _held;
        private bool _begun;

        public void Add(MediaPacket packet)
        {
            _begin ??= packet.Dts;
            _held += PcmStream.Convert(packet, _samples.AsSpan(_held));
        }

        public AudioWindow? Take()
        {
            if (_held < length)
                return null;
            var window = Cut(length);
            var step = length - overlap;
            _samples.AsSpan(step, _held - step).CopyTo(_samples);
            _held -= step;
            _passed += step;
            return window;
        }

        public AudioWindow? TakeRest() => _held > (_begun ? overlap : 0) ? Cut(_held) : null;

        private AudioWindow Cut(int count)
        {
            var at = _begin!.Value + TimeSpan.FromSeconds((double)_passed / AudioWindow.SampleRate);
            var window = new AudioWindow(at, count) { IsStart = !_begun };
            _samples.AsSpan(0, count).CopyTo(window.Samples);
            _begun = true;
            return window;
        }
    }
}
