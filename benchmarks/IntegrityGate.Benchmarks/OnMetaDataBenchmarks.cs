using System.Buffers;
using BenchmarkDotNet.Attributes;
using IntegrityGate.Media.Amf;

namespace IntegrityGate.Benchmarks;

/// <summary>Metadata: recognised in every data message, read and edited once per stream and each time the encoder repeats it.</summary>
[MemoryDiagnoser]
public class OnMetaDataBenchmarks
{
    private const string Aigc =
        """{"Label":"2","ContentProducer":"","ProduceID":"","ReservedCode1":"","ContentPropagator":"IntegrityGate","PropagateID":"01j2","ReservedCode2":""}""";

    private byte[] _payload = [];

    /// <summary>Metadata with the properties that OBS sends.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        var properties = new AmfObject { IsEcmaArray = true };
        foreach (var (name, value) in new (string, AmfValue)[]
                 {
                     ("duration", 0.0), ("fileSize", 0.0), ("width", 1920.0), ("height", 1080.0), ("videocodecid", 7.0), ("videodatarate", 6000.0),
                     ("framerate", 30.0), ("audiocodecid", 10.0), ("audiodatarate", 128.0), ("audiosamplerate", 48_000.0), ("audiosamplesize", 16.0),
                     ("audiochannels", 2.0), ("stereo", true), ("2.1", false), ("encoder", "obs-output module (libobs version 29.0.2)"),
                 })
        {
            properties.Add(name, value);
        }

        var output = new ArrayBufferWriter<byte>();
        var writer = new Amf0Writer(output);
        writer.Write(OnMetaData.MessageName);
        writer.Write(properties);
        _payload = output.WrittenSpan.ToArray();
    }

    /// <summary>Is this data message metadata?</summary>
    [Benchmark]
    public bool IsMatch() => OnMetaData.IsMatch(_payload);

    /// <summary>Reads all properties.</summary>
    [Benchmark]
    public int Read() => OnMetaData.TryParse(_payload, out var metadata) ? metadata.Read().Properties.Count : throw new InvalidOperationException();

    /// <summary>Adds the <c>AIGC</c> property.</summary>
    [Benchmark]
    public int WithProperty() =>
        OnMetaData.TryParse(_payload, out var metadata) ? metadata.WithProperty("AIGC", Aigc).Length : throw new InvalidOperationException();
}
