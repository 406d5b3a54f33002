using System.Collections.Concurrent;
using System.Threading.Channels;
using IntegrityGate.Media.Rtmp;

namespace IntegrityGate.Media.Tests.Rtmp;

/// <summary>Accepts everybody unless told otherwise, and shows what came.</summary>
internal sealed class TestApplication : IRtmpApplication
{
    private readonly Channel<TestPublication> _publications = Channel.CreateUnbounded<TestPublication>();
    private readonly ConcurrentQueue<PublishRequest> _requests = new();

    public Func<PublishRequest, CancellationToken, ValueTask<PublishAnswer>>? OnPublish { get; set; }

    public Func<PlayRequest, PlayAnswer>? OnPlay { get; set; }

    public RtmpCapabilities Capabilities { get; set; } = RtmpCapabilities.PassAll;

    public IReadOnlyCollection<PublishRequest> Requests => _requests;

    public async Task<TestPublication> NextAsync() =>
        await _publications.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    public async ValueTask<PublishAnswer> PublishAsync(PublishRequest request, CancellationToken ct)
    {
        _requests.Enqueue(request);
        if (OnPublish is not null)
        {
            var answer = await OnPublish(request, ct);
            if (answer is PublishAnswer.Accepted { Publication: TestPublication given })
                _publications.Writer.TryWrite(given);
            return answer;
        }

        var publication = new TestPublication();
        _publications.Writer.TryWrite(publication);
        return new PublishAnswer.Accepted(publication);
    }

    public ValueTask<PlayAnswer> PlayAsync(PlayRequest request, CancellationToken ct) =>
        ValueTask.FromResult(OnPlay?.Invoke(request) ?? new PlayAnswer.Refused(RtmpStatus.PlayStreamNotFound, "nothing here"));

    public RtmpCapabilities CapabilitiesFor(string app) => Capabilities;
}
