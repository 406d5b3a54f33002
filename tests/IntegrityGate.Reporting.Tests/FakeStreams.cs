using System.Collections.Concurrent;
using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Time;
using IntegrityGate.Reporting.Streams;

namespace IntegrityGate.Reporting.Tests;

/// <summary>Live streams that only remember what they were told.</summary>
internal sealed class FakeStreams : IStreamDirectory
{
    private readonly ConcurrentDictionary<StreamId, StreamSnapshot> _live = new();

    public ConcurrentQueue<StreamCommand> Commands { get; } = new();

    public Func<StreamCommand, CommandResult> Answer { get; set; } = _ => CommandResult.Applied;

    public StreamSnapshot Start(string id, string session = "session-1")
    {
        var stream = new StreamSnapshot
        {
            Id = new StreamId(id),
            App = "live",
            SessionId = session,
            StartedAt = Samples.Noon,
            State = StreamState.Live,
            Clock = new ClockAnchor(Samples.Noon.AddSeconds(10), new MediaTime(9_500)),
        };
        return _live[stream.Id] = stream;
    }

    public void Set(StreamSnapshot stream) => _live[stream.Id] = stream;

    public void End(string id) => _live.TryRemove(new StreamId(id), out _);

    public IReadOnlyList<StreamSnapshot> List() => [.. _live.Values];

    public StreamSnapshot? Get(StreamId id) => _live.GetValueOrDefault(id);

    public ValueTask<CommandResult> ApplyAsync(StreamCommand command, CancellationToken cancellationToken)
    {
        Commands.Enqueue(command);
        return ValueTask.FromResult(Answer(command));
    }
}
