using IntegrityGate.Core.Streams;

namespace IntegrityGate.Media.Decoding;

/// <summary>A request on its way through the pool, with its own holds on the packets.</summary>
internal sealed class DecodeTicket
{
    private readonly TaskCompletionSource<DecodeResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _released;

    public DecodeTicket(DecodeRequest request)
    {
        Request = request;
        request.SequenceHeader.Retain();
        foreach (var packet in request.Run)
            packet.Retain();
    }

    /// <summary>What is asked for.</summary>
    public DecodeRequest Request { get; }

    /// <summary>The answer.</summary>
    public Task<DecodeResult> Result => _result.Task;

    /// <summary>Whose it is.</summary>
    public StreamId Stream => Request.Stream;

    /// <summary>Gives up waiting; a picture that still comes is thrown away.</summary>
    public void Abandon(CancellationToken ct) => _result.TrySetCanceled(ct);

    /// <summary>Answers and lets go of the packets.</summary>
    public void Complete(DecodeResult result)
    {
        Release();
        if (!_result.TrySetResult(result) && result is DecodeResult.Decoded late)
            late.Frame.Dispose();
    }

    private void Release()
    {
        if (Interlocked.Exchange(ref _released, 1) != 0)
            return;
        Request.SequenceHeader.Release();
        foreach (var packet in Request.Run)
            packet.Release();
    }
}
