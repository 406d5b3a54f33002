namespace IntegrityGate.LoadHarness.Peers;

/// <summary>A way from the publishers to the sink; what is compared.</summary>
internal interface IRelay : IAsyncDisposable
{
    /// <summary>Its name in tables.</summary>
    string Name { get; }

    /// <summary>Where publishers send to.</summary>
    string Target { get; }

    /// <summary>Begins to relay streams that are being published, where that needs a process a stream.</summary>
    Task AttachAsync(IReadOnlyList<string> streams, CancellationToken ct);

    /// <summary>Ends what <see cref="AttachAsync"/> began.</summary>
    Task DetachAsync();

    /// <summary>The end of what its programs wrote, for the message when something fails.</summary>
    string Said { get; }

    /// <summary>User and system seconds used so far by what does the relaying, children included.</summary>
    double CpuSeconds();

    /// <summary>What it says of itself.</summary>
    Task<RelayCounters> ReadCountersAsync(CancellationToken ct);

    /// <summary>Private memory of what does the relaying, bytes.</summary>
    long PrivateBytes();
}
