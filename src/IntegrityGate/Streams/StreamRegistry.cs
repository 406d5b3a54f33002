using System.Collections.Concurrent;
using IntegrityGate.Core.Streams;

namespace IntegrityGate.Streams;

/// <summary>The live streams, by public id. A name is taken while its publisher lives.</summary>
internal sealed class StreamRegistry(StreamIdentities identities)
{
    private readonly ConcurrentDictionary<StreamId, StreamSession> _live = new();

    /// <summary>All live streams, oldest first.</summary>
    public IReadOnlyList<StreamSession> Live => [.. _live.Values.OrderBy(s => s.StartedAt)];

    /// <summary>A live stream by its public id.</summary>
    public StreamSession? Find(StreamId id) => _live.GetValueOrDefault(id);

    /// <summary>
    /// A live stream by what a player asks for: the public id, or the publish key for whoever knows it. Neither answer tells
    /// a stranger which of the two it was.
    /// </summary>
    public StreamSession? FindForPlay(string app, string name)
    {
        var byKey = Find(identities.Identify(app, new StreamKey(name)).Id);
        var session = byKey ?? Find(new StreamId(name));
        return session is not null && session.Identity.App == app.Trim('/') ? session : null;
    }

    /// <summary>Takes a name; false when it is taken.</summary>
    public bool TryAdd(StreamSession session) => _live.TryAdd(session.Identity.Id, session);

    /// <summary>Gives a name back, if this session still has it.</summary>
    public void Remove(StreamSession session) => _live.TryRemove(new KeyValuePair<StreamId, StreamSession>(session.Identity.Id, session));
}
