using IntegrityGate.Media.Rtmp;

namespace IntegrityGate.Access;

/// <summary>Says who may publish.</summary>
public interface IPublishGuard
{
    /// <summary>Name of the guard, for the counter and the log: <c>addresses</c>, <c>keys</c>, <c>jwt</c>, <c>hook</c>.</summary>
    string Name { get; }

    /// <summary>Asks about a publisher, who waits meanwhile.</summary>
    /// <param name="request">The publisher; holds credentials.</param>
    /// <param name="cancellationToken">Cancelled when the publisher goes away.</param>
    ValueTask<GuardAnswer> CheckAsync(PublishRequest request, CancellationToken cancellationToken);
}
